package io.linecast.server;

import io.linecast.core.CloseReason;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Clients that a timer looks after, in slices of about the same size: looking after all of them at
 * once would keep lines waiting. Owned by their loop.
 */
final class Roster<C> {

  private final List<Set<C>> slices;
  private final BiConsumer<C, CloseReason> closing;
  private int next;

  /**
   * Nobody is looked after yet.
   *
   * @param closing how a client is closed that there is a fault with
   */
  Roster(int slices, BiConsumer<C, CloseReason> closing) {
    this.closing = closing;
    this.slices = IntStream.range(0, slices).<Set<C>>mapToObj(i -> new LinkedHashSet<>()).toList();
  }

  void add(C client) {
    slices.stream().min(Comparator.comparingInt(Set::size)).orElseThrow().add(client);
  }

  void remove(C client) {
    slices.forEach(slice -> slice.remove(client));
  }

  /** All of them, as they are now; they may leave meanwhile. */
  List<C> all() {
    return slices.stream().flatMap(Set::stream).toList();
  }

  /** Looks after everybody at once. A client's fault costs that client alone. */
  void visitAll(Consumer<C> action) {
    visit(all(), action);
  }

  /** Looks after the next slice. A client's fault costs that client alone. */
  void visitSlice(Consumer<C> action) {
    List<C> slice = new ArrayList<>(slices.get(next));
    next = (next + 1) % slices.size();
    visit(slice, action);
  }

  private void visit(List<C> clients, Consumer<C> action) {
    for (C client : clients) {
      ClientFault.contain(
          client, reason -> closing.accept(client, reason), () -> action.accept(client));
    }
  }
}
