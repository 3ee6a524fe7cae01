package io.linecast.load;

import com.google.gson.Gson;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * The process of a {@link RemoteWorker}: takes orders from standard input and answers each on
 * standard output, one JSON object a line. The first order is its {@link Share}. It ends when its
 * input does, so it does not outlive the process that started it.
 */
public final class WorkerMain {
  private static final Gson GSON = new Gson();

  private WorkerMain() {}

  /** Works until there are no more orders. */
  public static void main(String[] args) throws IOException {
    BufferedReader orders =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    PrintStream answers = new PrintStream(System.out, false, StandardCharsets.UTF_8);
    String share = orders.readLine();
    if (share == null) {
      return;
    }
    try (Worker worker = new LocalWorker(GSON.fromJson(share, Share.class))) {
      for (String line = orders.readLine(); line != null; line = orders.readLine()) {
        answers.println(GSON.toJson(answer(worker, GSON.fromJson(line, Order.class))));
        answers.flush();
      }
    }
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
      };
    } catch (LoadFailure e) {
      return new Answer(String.valueOf(e.getMessage()), null, null);
    }
  }
}
