package io.linecast.broker;

import java.util.List;
import java.util.stream.Stream;

/**
 * Where a node of a cluster is, which is broker and controller: its number and its ports on
 * 127.0.0.1. As text {@code 1:9092:9093:9094}, or without the last.
 *
 * @param port of the broker, for clients
 * @param controllerPort of the controller, for the other nodes
 * @param doorPort for clients that come through a {@link Door}, which is there if somebody opens
 *     one; the broker itself listens on this port of 127.0.0.2. 0: none
 */
public record Seat(int id, int port, int controllerPort, int doorPort) {

  /** Numbers from 1 on, and ports that nobody has now. */
  public static List<Seat> free(int count) {
    return Stream.iterate(1, id -> id + 1)
        .limit(count)
        .map(id -> new Seat(id, FreePorts.next(), FreePorts.next(), FreePorts.next()))
        .toList();
  }

  /**
   * What {@link #toString} has said.
   *
   * @throws IllegalArgumentException if it has not said that
   */
  public static Seat parse(String text) {
    String[] numbers = text.split(":", -1);
    try {
      if (numbers.length == 3 || numbers.length == 4) {
        return new Seat(
            Integer.parseInt(numbers[0]),
            Integer.parseInt(numbers[1]),
            Integer.parseInt(numbers[2]),
            numbers.length == 3 ? 0 : Integer.parseInt(numbers[3]));
      }
    } catch (NumberFormatException e) {
      // as with too few of them
    }
    throw new IllegalArgumentException("not ID:PORT:CONTROLLER-PORT[:DOOR-PORT]: " + text);
  }

  /** Where clients find it. */
  public String address() {
    return "127.0.0.1:" + port;
  }

  boolean hasDoor() {
    return doorPort > 0;
  }

  /** Where clients find it through its door. */
  String doorAddress() {
    return "127.0.0.1:" + doorPort;
  }

  /** Lets clients in by its door; they find it there whether it runs or not. */
  Door openDoor() {
    return Door.open(Door.local(1, doorPort), Door.local(2, doorPort));
  }

  @Override
  public String toString() {
    return id + ":" + port + ":" + controllerPort + (hasDoor() ? ":" + doorPort : "");
  }
}
