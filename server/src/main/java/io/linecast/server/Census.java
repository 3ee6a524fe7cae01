package io.linecast.server;

import io.linecast.core.Subscriber;
import java.util.HashMap;
import java.util.Map;

/** How many hear lines, and what became of the deliveries to them. One thread's at a time. */
final class Census {

  private record Group(Wire wire, String channel) {}

  private final Map<Group, Integer> listeners = new HashMap<>();
  private final Map<String, Balance> balances = new HashMap<>();

  /** Counts somebody who is here. On its loop. */
  void count(Subscriber subscriber) {
    String channel = subscriber.channel().name();
    balances.put(channel, balance(channel).plus(subscriber.account()));
    if (subscriber.sink() instanceof ClientHandler client) {
      listeners.merge(new Group(client.wire(), channel), 1, Integer::sum);
    }
  }

  void add(String channel, Balance balance) {
    balances.merge(channel, balance, Balance::plus);
  }

  void addAll(Census other) {
    other.listeners.forEach((group, count) -> listeners.merge(group, count, Integer::sum));
    other.balances.forEach(this::add);
  }

  /** How many hear a channel by a wire. */
  int listeners(Wire wire, String channel) {
    return listeners.getOrDefault(new Group(wire, channel), 0);
  }

  /** How many hear any channel by a wire. */
  int listeners(Wire wire) {
    return listeners.entrySet().stream()
        .filter(group -> group.getKey().wire() == wire)
        .mapToInt(Map.Entry::getValue)
        .sum();
  }

  Balance balance(String channel) {
    return balances.getOrDefault(channel, Balance.NONE);
  }
}
