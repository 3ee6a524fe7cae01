package io.linecast.load;

import com.google.gson.Gson;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * The process of a {@link RemoteWorker}: takes orders from standard input and answers each on
 * standard output, one JSON object a line. The first order is its {@link Share}, the last to close.
 *
 * <p>A thread of its own reads the orders while the main thread carries them out: input that ends
 * before it was told to close means that the process that started this one is no more, and then it
 * ends at once, whatever it is doing.
 */
public final class WorkerMain {
  private static final Gson GSON = new Gson();
  private static final int ORPHANED = 1;

  private WorkerMain() {}

  /** Works until it is told to close. */
  public static void main(String[] args) throws InterruptedException {
    BlockingQueue<String> orders = new LinkedBlockingQueue<>();
    Thread.ofPlatform().daemon().name("orders").start(() -> read(orders));
    PrintStream answers = new PrintStream(System.out, false, StandardCharsets.UTF_8);
    try (Worker worker = new LocalWorker(GSON.fromJson(orders.take(), Share.class))) {
      Order order = next(orders);
      while (order.what() != Order.What.CLOSE) {
        answers.println(GSON.toJson(answer(worker, order)));
        answers.flush();
        order = next(orders);
      }
    }
  }

  private static Order next(BlockingQueue<String> orders) throws InterruptedException {
    return GSON.fromJson(orders.take(), Order.class);
  }

  private static void read(BlockingQueue<String> orders) {
    BufferedReader input =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    try {
      for (String line = input.readLine(); line != null; line = input.readLine()) {
        orders.add(line);
      }
    } catch (IOException e) {
      // As good as an end.
    }
    Runtime.getRuntime().halt(ORPHANED);
  }

  private static Answer answer(Worker worker, Order order) {
    try {
      return switch (order.what()) {
        case CONNECT -> {
          worker.connect();
          yield Answer.DONE;
        }
        case PROBE -> {
          worker.probe();
          yield Answer.DONE;
        }
        case FORGET -> {
          worker.forget();
          yield Answer.DONE;
        }
        case RUN -> new Answer(null, worker.run(order.startNanos()), null);
        case TALLY ->
            new Answer(null, null, worker.tally(Objects.requireNonNull(order.sentLines())));
        case CLOSE -> throw new IllegalArgumentException("not answered");
      };
    } catch (LoadFailure e) {
      return new Answer(String.valueOf(e.getMessage()), null, null);
    }
  }
}
