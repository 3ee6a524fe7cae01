package io.linecast.client;

import io.linecast.protocol.Code;
import io.linecast.protocol.Hello;
import io.linecast.protocol.HelloAnswer;
import io.linecast.protocol.HelloException;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One connection to one server, from the hello on. Opened and read by the reading thread alone. */
final class Connection implements Closeable {

  /** The longest line that is passed over before the answer to the hello. */
  private static final int FOREIGN_LINE_BYTES = 1 << 20;

  /** What a server's line has beside a text of {@code max-line}. */
  private static final int VERB_BYTES = 4096;

  private final Address.Server server;
  private final Wire wire;
  private boolean helloAstray;
  private boolean spoken;

  /** One that is not open yet; it can be closed from any thread from now on. */
  Connection(Address.Server server, Optional<Tls> tls) {
    this(server, new Wire(server, tls, InetAddress::getAllByName));
  }

  Connection(Address.Server server, Wire wire) {
    this.server = server;
    this.wire = wire;
  }

  /** What an accepted hello leaves. */
  record Open(HelloAnswer answer, LineReader reader, OutputStream output) {}

  /**
   * Connects and says hello.
   *
   * @throws LostException if that has not worked and may another time
   * @throws ClientException if it never will
   */
  Open open(Hello hello, Duration timeout) throws LostException {
    long deadline = System.nanoTime() + timeout.toNanos();
    try {
      wire.open(deadline);
    } catch (TlsException e) {
      throw trouble("no TLS connection to " + server + ": ", e);
    } catch (IOException | IllegalArgumentException e) {
      throw lost("cannot connect to " + server + ": " + words(e), e);
    }
    try {
      InputStream input = wire.input();
      OutputStream output = wire.output();
      helloAstray = true;
      output.write((hello.format() + "\n").getBytes(StandardCharsets.US_ASCII));
      LineReader reader = new LineReader(input, FOREIGN_LINE_BYTES);
      HelloAnswer answer = await(reader, hello.nonce());
      wire.begin();
      reader.setMaxLineBytes(Math.min(answer.maxLineBytes(), 1 << 30) + VERB_BYTES);
      return new Open(answer, reader, output);
    } catch (HelloException e) {
      throw refused(e);
    } catch (SocketTimeoutException e) {
      throw new LostException(
          LostException.Next.DUMB_SERVER,
          server + " takes connections and does not answer the hello of LINECAST/1",
          e);
    } catch (LostException e) {
      throw e;
    } catch (TlsException e) {
      throw trouble("lost " + server + " while saying hello: ", e);
    } catch (IOException e) {
      throw lost("lost " + server + " while saying hello: " + words(e), e);
    }
  }

  private static ClientException trouble(String what, TlsException e) throws LostException {
    if (e.isLasting()) {
      return new ClientException(ClientException.Reason.TLS, null, what + words(e), e);
    }
    throw lost(what + words(e), e);
  }

  private HelloAnswer await(LineReader reader, String nonce) throws IOException {
    while (true) {
      while (reader.next()) {
        Optional<HelloAnswer> answer = parse(text(reader), nonce);
        if (answer.isPresent()) {
          return checked(answer.get());
        }
      }
      if (!reader.fill()) {
        throw unanswered();
      }
    }
  }

  private LostException unanswered() {
    String what = server + " has closed the connection without answering the hello";
    if (TlsTrouble.isAlert(wire.firstByte()) && !wire.isSecure()) {
      String hint = "; it seems to speak TLS (linecasts://)";
      return new LostException(LostException.Next.DUMB_SERVER, what + hint, null);
    }
    return new LostException(
        spoken ? LostException.Next.DUMB_SERVER : LostException.Next.SAME_SERVER,
        what + (wire.isCertificateMissing() ? "; " + TlsTrouble.ASKED_IN_VAIN : ""),
        null);
  }

  private Optional<HelloAnswer> parse(String line, String nonce) {
    spoken = true;
    try {
      Optional<HelloAnswer> answer = HelloAnswer.parse(line, nonce);
      helloAstray = answer.isEmpty();
      return answer;
    } catch (HelloException no) {
      helloAstray = false;
      throw no;
    }
  }

  private static String text(LineReader reader) {
    byte[] line = new byte[reader.lineEnd() - reader.lineStart()];
    reader.bytes().get(reader.lineStart(), line);
    return new String(line, StandardCharsets.ISO_8859_1);
  }

  private HelloAnswer checked(HelloAnswer answer) {
    if (!Address.isWord(answer.epoch()) || answer.oldest() < 1 || answer.next() < answer.oldest()) {
      throw new ClientException(
          ClientException.Reason.PROTOCOL, server + " answers what cannot be: " + answer.format());
    }
    return answer;
  }

  private Exception refusal(HelloException no) {
    Code code = no.code();
    String message = server + " has refused: " + code + ": " + no.getMessage();
    return switch (code) {
      case OVERLOAD, SHUTTING_DOWN, RATE, JOURNAL, SLOW, IDLE ->
          new LostException(LostException.Next.OTHER_SERVER, message, no);
      case BAD_NUMBER ->
          new ClientException(ClientException.Reason.NO_SUCH_LINE, code, message, no);
      case DUPLICATE -> new ClientException(ClientException.Reason.SUPERSEDED, code, message, no);
      case BAD_HELLO, BAD_VERB, TOO_LONG, AUTH, CHANNEL, VERSION, QUIT ->
          new ClientException(ClientException.Reason.REFUSED, code, message, no);
    };
  }

  private ClientException refused(HelloException no) throws LostException {
    Exception refusal = refusal(no);
    if (refusal instanceof LostException lost) {
      throw lost;
    }
    return (ClientException) refusal;
  }

  private static LostException lost(String message, @Nullable Exception cause) {
    return new LostException(LostException.Next.SAME_SERVER, message, cause);
  }

  /** What has happened to a socket, for people. */
  static String words(Exception e) {
    String message = e.getMessage();
    return message == null ? e.getClass().getSimpleName() : message;
  }

  /** How long a read waits. */
  void setReadTimeout(Duration timeout) throws IOException {
    wire.readWithin(timeout);
  }

  /** Whether the hello was sent and never answered: it may still be on its way. */
  boolean isHelloAstray() {
    return helloAstray;
  }

  Address.Server server() {
    return server;
  }

  /** At once; whoever reads or writes gets an exception. May be called from any thread. */
  @Override
  public void close() {
    wire.close();
  }
}
