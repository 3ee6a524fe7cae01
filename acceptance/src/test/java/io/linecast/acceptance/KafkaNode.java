package io.linecast.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.linecast.kafka.TestBroker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;

/** A real server whose lines are in a topic. */
final class KafkaNode implements AutoCloseable {

  private final ServerUnderTest server;
  private final HttpClient http = HttpClient.newHttpClient();

  private KafkaNode(ServerUnderTest server) {
    this.server = server;
  }

  static KafkaNode start(TestBroker broker, String topic, String... options) {
    return new KafkaNode(launcher(broker, topic).with(options).start());
  }

  static ServerLauncher launcher(TestBroker broker, String topic) {
    String place = "kafka:" + broker.brokers() + "/" + topic;
    return new ServerLauncher().with("--journal", place, "--web-port", "0", "--heartbeat", "0");
  }

  ServerUnderTest server() {
    return server;
  }

  LineClient plain() {
    return server.connect();
  }

  /** Waits until so many plain clients are in and hear what is sent. */
  void awaitPlain(int count) {
    String clients = "linecast_connections{channel=\"main\",wire=\"plain\"}";
    await(count + " plain clients").until(() -> Figures.of(server).value(clients) == count);
  }

  /** A client that has said hello, and was let in. */
  Acknowledged acknowledged(String wishes) {
    LineClient client = server.connect();
    client.send("LINECAST/1 kafka-it " + wishes);
    String answer = client.hear();
    assertThat(answer).startsWith("LINECAST/1 kafka-it ok ");
    return new Acknowledged(client, answer);
  }

  /** A client and what its hello was answered with. */
  record Acknowledged(LineClient client, String answer) implements AutoCloseable {

    String epoch() {
      return answer.replaceAll(".* epoch=(\\S+).*", "$1");
    }

    void say(String... lines) {
      client.send(lines);
    }

    /** The next line; of one that fails no more than why. */
    String hear() {
      String line = client.hear();
      return line.startsWith("FAIL") ? line.replaceAll("(FAIL \\d+ \\S+).*", "$1") : line;
    }

    @Override
    public void close() {
      client.close();
    }
  }

  HttpResponse<String> get(String path) {
    return send(HttpRequest.newBuilder(server.web(path)).build());
  }

  HttpResponse<String> post(String body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(server.web("/lines"))
            .POST(HttpRequest.BodyPublishers.ofString(body));
    return send((headers.length == 0 ? request : request.headers(headers)).build());
  }

  private HttpResponse<String> send(HttpRequest request) {
    try {
      return http.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** How the main channel's journal is, as operators are told. */
  JsonObject journal() {
    JsonObject status = JsonParser.parseString(get("/api/status").body()).getAsJsonObject();
    JsonObject channel = status.getAsJsonArray("channels").get(0).getAsJsonObject();
    return channel.getAsJsonObject("journal");
  }

  /** The messages of a WebSocket of plain lines, as they come. */
  BlockingQueue<String> messages(String path) {
    BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    WebSocket.Listener listener =
        new WebSocket.Listener() {
          @Override
          public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            heard.add(data.toString());
            socket.request(1);
            return null;
          }
        };
    String address = server.web(path).toString().replace("http:", "ws:");
    http.newWebSocketBuilder().buildAsync(java.net.URI.create(address), listener).join();
    return heard;
  }

  @Override
  public void close() {
    http.shutdownNow();
    server.close();
  }
}
