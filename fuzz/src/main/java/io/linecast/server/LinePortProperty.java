package io.linecast.server;

import io.linecast.fuzz.Cuts;
import io.linecast.fuzz.Property;
import io.linecast.protocol.Hello;
import io.linecast.protocol.HelloException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whatever clients send to a line port, plain or acknowledged: their neighbours hear whole lines of
 * theirs and nothing else; each {@code SEND} is answered at most once, in order, with what has
 * happened; all is the same however the bytes are cut into reads and however slowly the answers are
 * read; and when they have gone, nothing is left of them.
 *
 * <p>An input is what one client sends, or several one after the other, with a record separator
 * (0x1E) between them; they all stay until the last has sent everything.
 */
public final class LinePortProperty implements Property {

  private static final byte SEPARATOR = 0x1E;
  private static final int CLIENTS_MAX = 4;
  private static final int MAX_LINE_BYTES = 48;
  private static final int LITTLE_ROOM_BYTES = 5;
  private static final Pattern SEND = Pattern.compile("SEND (\\d{1,19})(?: (.*))?", Pattern.DOTALL);

  private static final ServerOptions OPTIONS =
      ServerOptions.builder()
          .windowBytes(1 << 20)
          .maxLineBytes(MAX_LINE_BYTES)
          .acknowledged(new AckOptions(false, Duration.ZERO, 2, 4 << 10, 16))
          .build();

  /**
   * What has come of an input.
   *
   * @param published the lines that neighbours have heard, without those of our own
   * @param heard by each client that was acknowledged
   */
  private record Outcome(List<String> published, List<Optional<Heard>> heard) {

    boolean isOverloaded() {
      return heard.stream()
          .flatMap(Optional::stream)
          .flatMap(one -> one.bye().stream())
          .anyMatch(bye -> bye.startsWith("BYE overload"));
    }
  }

  @Override
  public void check(byte[] input) {
    List<byte[]> clients = split(input);
    Outcome first = null;
    for (Cuts cuts : Cuts.values()) {
      Outcome outcome = new Trial(clients, cuts).run();
      if (first != null && clients.size() == 1) {
        requireSame(first, outcome, cuts);
      }
      first = first == null ? outcome : first;
    }
  }

  private static List<byte[]> split(byte[] input) {
    List<byte[]> clients = new ArrayList<>();
    int start = 0;
    for (int i = 0; i < input.length && clients.size() < CLIENTS_MAX - 1; i++) {
      if (input[i] == SEPARATOR) {
        clients.add(Arrays.copyOfRange(input, start, i));
        start = i + 1;
      }
    }
    clients.add(Arrays.copyOfRange(input, start, input.length));
    return clients;
  }

  /** Whoever breaks the protocol is answered what was ready then, and no more. */
  private static void requireSame(Outcome one, Outcome other, Cuts cuts) {
    if (one.isOverloaded() || other.isOverloaded()) {
      return; // how many lines waited at once is a matter of reads
    }
    Property.require(
        one.published().equals(other.published()),
        () -> "cuts " + cuts + ": " + other.published() + ", not " + one.published());
    Optional<Heard> before = one.heard().getFirst();
    Optional<Heard> now = other.heard().getFirst();
    if (before.isPresent() && now.isPresent()) {
      boolean quit = before.get().bye().orElse("").startsWith("BYE quit");
      int shared = Math.min(before.get().answers().size(), now.get().answers().size());
      Property.require(
          now.get().bye().equals(before.get().bye())
              && (!quit || now.get().pongs().equals(before.get().pongs()))
              && (!quit || now.get().answers().size() == before.get().answers().size())
              && now.get()
                  .answers()
                  .subList(0, shared)
                  .equals(before.get().answers().subList(0, shared)),
          () -> "cuts " + cuts + ": " + now + ", not " + before);
    }
  }

  /** One input, cut in one way. */
  private static final class Trial {

    private final List<byte[]> inputs;
    private final Cuts cuts;
    private final VirtualServer server = new VirtualServer(OPTIONS);
    private final Neighbours neighbours = new Neighbours(server);
    private final List<VirtualSocket> clients = new ArrayList<>();

    Trial(List<byte[]> inputs, Cuts cuts) {
      this.inputs = inputs;
      this.cuts = cuts;
    }

    Outcome run() {
      inputs.forEach(this::send);
      neighbours.goOn();
      clients.forEach(VirtualSocket::sendEnd);
      clients.forEach(client -> client.setRoomBytes(Integer.MAX_VALUE));
      neighbours.sayDone();
      server.waitLong();
      for (VirtualSocket client : clients) {
        Property.require(!client.isOpen(), () -> "a client's connection stays open");
      }
      Map<Long, String> lines = neighbours.end();
      List<Optional<Heard>> outcomes = new ArrayList<>();
      for (int i = 0; i < clients.size(); i++) {
        outcomes.add(new Client(Heard.linesOf(inputs.get(i)), clients.get(i), lines).check());
      }
      server.close();
      return new Outcome(neighbours.published(), outcomes);
    }

    private void send(byte[] input) {
      VirtualSocket client = server.connect();
      clients.add(client);
      if (cuts == Cuts.PARTS) {
        client.setRoomBytes(0);
      }
      for (byte[] read : cuts.of(input)) {
        client.send(read);
        server.settle();
        if (cuts == Cuts.PARTS) {
          client.setRoomBytes(LITTLE_ROOM_BYTES);
        }
      }
    }
  }

  /**
   * A client that has gone.
   *
   * @param sent its lines
   * @param lines of the main channel, by their number
   */
  private record Client(List<String> sent, VirtualSocket socket, Map<Long, String> lines) {

    Optional<Heard> check() {
      boolean says = !sent.isEmpty() && sent.getFirst().startsWith(Hello.PREFIX);
      if (!says) {
        return Optional.empty(); // what neighbours have heard of it is compared
      }
      String line = sent.getFirst();
      try {
        Hello hello = Hello.parse(line.substring(0, line.length() - 1));
        if (!line.endsWith("\n")) {
          return Optional.empty();
        }
        Heard heard = Heard.of(socket.written(), hello.nonce());
        if (heard.answer().contains(" ok ")) {
          requireAnswers(hello, heard);
          return Optional.of(heard);
        }
        Property.require(heard.answers().isEmpty(), () -> "refused, and answered: " + heard);
      } catch (HelloException refused) {
        String refusal = " no ";
        String last = Heard.linesOf(socket.written()).getLast();
        Property.require(last.contains(refusal), () -> "not refused: " + line + last);
      }
      return Optional.empty();
    }

    /** What has no end is dropped, or refused where it is too long already. */
    private void requireAnswers(Hello hello, Heard heard) {
      List<Matcher> sends =
          sent.stream()
              .filter(line -> line.endsWith("\n") || line.length() > MAX_LINE_BYTES)
              .map(line -> SEND.matcher(line.replaceFirst("\n\\z", "")))
              .filter(Matcher::matches)
              .toList();
      Property.require(
          heard.answers().size() <= sends.size(), () -> "more answers than lines: " + heard);
      Map<Long, Long> seen = new HashMap<>();
      for (int i = 0; i < heard.answers().size(); i++) {
        Heard.Answer answer = heard.answers().get(i);
        Matcher send = sends.get(i);
        Property.require(
            Long.parseLong(send.group(1)) == answer.number(),
            () -> answer + " answers " + send.group());
        boolean own = seen.putIfAbsent(answer.number(), answer.line()) == null;
        boolean compared = own && hello.publisher().isEmpty() && hello.channel().isEmpty();
        if (answer.line() > 0 && compared) {
          String text = Optional.ofNullable(send.group(2)).orElse("");
          Property.require(
              text.equals(lines.get(answer.line())),
              () -> answer + ", and heard is " + lines.get(answer.line()));
        }
      }
    }
  }
}
