package io.linecast.cli;

import io.linecast.cli.ServerStatus.Client;
import java.util.Comparator;
import java.util.OptionalDouble;
import java.util.function.Function;

/** By what the slowest clients are sorted: the worst first, the unknown last. */
enum SlowestOrder {
  BYTES("bytes behind"),
  LINES("lines behind"),
  TIME("time behind"),
  SEND_QUEUE("send queue"),
  ADDRESS("address");

  private final String text;

  SlowestOrder(String text) {
    this.text = text;
  }

  String text() {
    return text;
  }

  Comparator<Client> comparator() {
    return switch (this) {
      case BYTES -> most(Client::lagBytes);
      case LINES -> most(Client::lagLines);
      case TIME -> most(Client::lagMillis);
      case SEND_QUEUE -> most(Client::sendQueueBytes);
      case ADDRESS -> Comparator.comparing(Client::address);
    };
  }

  /** The one after this, in a circle. */
  SlowestOrder next() {
    return switch (this) {
      case BYTES -> LINES;
      case LINES -> TIME;
      case TIME -> SEND_QUEUE;
      case SEND_QUEUE -> ADDRESS;
      case ADDRESS -> BYTES;
    };
  }

  private static Comparator<Client> most(Function<Client, OptionalDouble> figure) {
    return Comparator.comparingDouble(
        client -> -figure.apply(client).orElse(Double.NEGATIVE_INFINITY));
  }
}
