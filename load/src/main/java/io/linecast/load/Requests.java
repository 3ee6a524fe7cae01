package io.linecast.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The beginning of every connection of a fleet that listens on the web: asks for the lines, waits
 * for the answers, and has the fleet know with which number the lines begin, where they have one.
 */
final class Requests extends Opening {
  private static final int KEY_BYTES = 16;
  private static final int HEAD_MAX_BYTES = 16 << 10;
  private static final String HEAD_END = "\r\n\r\n";
  private static final Pattern EPOCH = header("Linecast-Epoch", "([!-~]+)");
  private static final Pattern FIRST = header("Linecast-First", "(\\d{1,18})");
  private static final Pattern ACCEPT = header("Sec-WebSocket-Accept", "([!-~]+)");

  private final Share share;
  private final boolean asMessages;
  private final String key = key();
  private final ChunkReader[] beginnings;
  private String epoch = "";

  private Requests(Fleet fleet, int first, Share share) {
    super(fleet, first, "request");
    this.share = share;
    this.asMessages = share.dialect() == Dialect.WS;
    this.beginnings = new ChunkReader[fleet.size()];
  }

  /**
   * Asks on every connection that listens; returns when all have their answer.
   *
   * @return the name of the lines' numbering
   * @throws LoadFailure if one has none in time, or is refused
   */
  static String exchange(Fleet fleet, Share share) {
    Requests requests = new Requests(fleet, share.firstListener(), share);
    requests.say();
    requests.await();
    return requests.epoch;
  }

  /** Asks on all connections of a fleet, and leaves the answers unread. */
  static void sayOnly(Fleet fleet, Share share) {
    new Requests(fleet, 0, share).say();
  }

  @Override
  String words(int connection) {
    String host = share.host().indexOf(':') < 0 ? share.host() : "[" + share.host() + "]";
    String path = asMessages ? "/ws" : "/lines";
    String wish =
        asMessages
            ? "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                + ("Sec-WebSocket-Key: " + key)
            : "Accept: text/event-stream";
    return "GET %s HTTP/1.1\r\nHost: %s:%d\r\n%s\r\n\r\n"
        .formatted(path, host, share.webPort(), wish);
  }

  @Override
  String question() {
    return "is port " + share.webPort() + " a web port?";
  }

  @Override
  boolean takeAnswer(int connection, StringBuilder text) {
    if (beginnings[connection] == null) {
      int end = text.indexOf(HEAD_END);
      if (end < 0) {
        if (text.length() > HEAD_MAX_BYTES) {
          throw new LoadFailure("the server's answer to a request has no end");
        }
        return false;
      }
      accept(connection, text.substring(0, end + HEAD_END.length()));
      text.delete(0, end + HEAD_END.length());
      beginnings[connection] = new ChunkReader();
    }
    if (asMessages) {
      fleet().beginNumbers(connection, 0, text.length());
      return true;
    }
    return takeBeginning(connection, text);
  }

  /** Events begin with a chunk that is none; what comes behind it counts. */
  private boolean takeBeginning(int connection, StringBuilder text) {
    byte[] bytes = text.toString().getBytes(ISO_8859_1);
    ChunkReader beginning = beginnings[connection];
    int behind = beginning.read(bytes, 0, bytes.length);
    text.setLength(0);
    if (beginning.isBroken()) {
      throw new LoadFailure("the server's events come in no chunks");
    }
    if (beginning.isWhole()) {
      fleet().beginNumbers(connection, fleet().firstNumber(connection), bytes.length - behind);
    }
    return beginning.isWhole();
  }

  private void accept(int connection, String head) {
    String status = head.substring(0, head.indexOf("\r\n"));
    if (!status.startsWith(asMessages ? "HTTP/1.1 101 " : "HTTP/1.1 200 ")) {
      throw new LoadFailure("the server answers a request: " + status + " (" + question() + ")");
    }
    if (asMessages) {
      if (!find(ACCEPT, head).equals(accepted())) {
        throw new LoadFailure("the server's Sec-WebSocket-Accept is not that of the request");
      }
      return;
    }
    String named = find(EPOCH, head);
    if (!epoch.isEmpty() && !named.equals(epoch)) {
      throw new LoadFailure("the server's clients are told different numberings");
    }
    epoch = named;
    fleet().beginNumbers(connection, Long.parseLong(find(FIRST, head)), 0);
  }

  private static Pattern header(String name, String value) {
    return Pattern.compile("\r\n" + name + ": *" + value + " *\r\n", Pattern.CASE_INSENSITIVE);
  }

  private static String find(Pattern header, String head) {
    Matcher found = header.matcher(head);
    if (!found.find()) {
      throw new LoadFailure("the server's answer to a request has no " + header.pattern().strip());
    }
    return found.group(1);
  }

  private String accepted() {
    try {
      byte[] text = (key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes(US_ASCII);
      return Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-1").digest(text));
    } catch (NoSuchAlgorithmException e) {
      throw new LinkageError("every Java has SHA-1", e);
    }
  }

  private static String key() {
    byte[] bytes = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(bytes);
    return Base64.getEncoder().encodeToString(bytes);
  }
}
