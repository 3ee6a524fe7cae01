package io.linecast.server;

import io.linecast.core.Publisher;
import io.linecast.protocol.AckLevel;
import io.linecast.protocol.Code;
import io.linecast.protocol.Decimal;
import io.linecast.server.web.Exchange;
import io.linecast.server.web.Problem;
import io.linecast.server.web.ProblemException;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a request asks for that brings lines. Immutable.
 *
 * @param ack how far they are to come before it is answered
 * @param publisher whose they are; empty: nobody's that is known
 * @param number the publisher's own for the first of them; the others follow
 */
record PostedRequest(AckLevel ack, Optional<String> publisher, long number) {

  private static final String PUBLISHER = "linecast-publisher";
  private static final String NUMBER = "linecast-number";
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,64}");
  private static final byte LF = '\n';

  /**
   * Reads it, and checks all of its body, whose last line it ends.
   *
   * @throws ProblemException if it is wrong: then nothing of it is published
   */
  static PostedRequest of(Exchange exchange, ServerOptions options) {
    checkType(exchange);
    AckLevel ack = exchange.parameter("ack").map(PostedRequest::ack).orElse(AckLevel.STORED);
    Optional<String> publisher = exchange.header(PUBLISHER);
    Optional<String> number = exchange.header(NUMBER);
    if (publisher.isPresent() != number.isPresent()) {
      throw wrong(Code.BAD_HELLO, "Linecast-Publisher and Linecast-Number go together");
    }
    if (publisher.isPresent() && !NAME.matcher(publisher.get()).matches()) {
      throw wrong(Code.BAD_HELLO, "a publisher's name is 1 to 64 of A-Z a-z 0-9 _ . -");
    }
    int lines = checkLines(exchange.body(), options.maxLineBytes());
    if (number.isPresent() && lines > Publisher.REMEMBERED_LINES) {
      throw new ProblemException(
          Problem.of(
              HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE,
              "a body with Linecast-Number has %d lines at most: a retry of more is not known"
                  .formatted(Publisher.REMEMBERED_LINES)));
    }
    return new PostedRequest(ack, publisher, number.map(first -> number(first, lines)).orElse(0L));
  }

  private static void checkType(Exchange exchange) {
    String type = exchange.header(HttpHeaderNames.CONTENT_TYPE).orElse("").toLowerCase(Locale.ROOT);
    String coding =
        exchange
            .header(HttpHeaderNames.CONTENT_ENCODING)
            .orElse(HttpHeaderValues.IDENTITY.toString());
    if (type.startsWith("multipart/") || !coding.contentEquals(HttpHeaderValues.IDENTITY)) {
      throw new ProblemException(
          Problem.of(
              HttpResponseStatus.UNSUPPORTED_MEDIA_TYPE,
              "the body is lines as they are, neither a form's parts nor compressed"));
    }
  }

  private static AckLevel ack(String word) {
    return AckLevel.of(word)
        .orElseThrow(() -> wrong(Code.BAD_HELLO, "ack is accepted, stored, written or done"));
  }

  private static long number(String text, int lines) {
    long number = Decimal.parse(text.strip());
    if (number <= 0 || number > Long.MAX_VALUE - lines) {
      throw wrong(Code.BAD_NUMBER, "Linecast-Number is 1 or more, for the first line of the body");
    }
    return number;
  }

  /** Returns how many lines there are. */
  private static int checkLines(ByteBuf body, int maxLineBytes) {
    if (!body.isReadable()) {
      throw wrong(Code.BAD_HELLO, "the body has no line");
    }
    if (body.getByte(body.writerIndex() - 1) != LF) {
      body.writeByte(LF);
    }
    int lines = 0;
    for (int at = body.readerIndex(); at < body.writerIndex(); lines++) {
      int length = body.bytesBefore(at, body.writerIndex() - at, LF) + 1;
      if (length > maxLineBytes) {
        throw wrong(
            Code.TOO_LONG,
            "line %d of the body has more than %d bytes (--max-line)"
                .formatted(lines + 1, maxLineBytes));
      }
      at += length;
    }
    return lines;
  }

  private static ProblemException wrong(Code code, String text) {
    return new ProblemException(Problem.of(code, text));
  }
}
