package io.linecast.load;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * How a server is spoken to. Lines is what linecast is for; the others let the same load drive
 * brokers of other kinds, so that they can be compared: each line of the load is one message.
 *
 * <p>A message arrives in a frame of constant length, so counting bytes counts messages. What a
 * server says before the first message is thrown away, and so is all that it tells a sender.
 */
enum Dialect {
  /** Plain lines over TCP; every client may send and listen. */
  LINES {
    @Override
    Frame arriving(int lineBytes) {
      return Frame.NONE;
    }

    @Override
    Frame leaving(int lineBytes) {
      return Frame.NONE;
    }
  },

  /**
   * LINECAST/1, acknowledged lines: {@link Hellos} knows how to begin, {@link NumberedVerifier}
   * what comes. Senders are connections of their own, because who sends does not hear every number.
   */
  ACK {
    @Override
    Frame arriving(int lineBytes) {
      return Frame.NONE; // behind its number
    }

    @Override
    Frame leaving(int lineBytes) {
      return new Frame(bytes("SEND 0000000000 "), NOTHING, SEND_DIGITS);
    }

    @Override
    boolean numbersLines() {
      return true;
    }

    @Override
    byte[] stillHere(boolean listens) {
      return bytes("PONG\n");
    }

    @Override
    LineLengths lengths(int lineBytes, String epoch) {
      return LineLengths.numbered("LINE  ".length() + lineBytes);
    }
  },

  /**
   * Plain lines that are heard as messages of a WebSocket: {@link Requests} knows how to begin,
   * {@link MessageVerifier} what comes. Who sends does so in plain lines, because a WebSocket that
   * hears nothing, as one that sends alone, is asked whether it is there.
   */
  WS {
    @Override
    Frame arriving(int lineBytes) {
      return Frame.NONE; // behind its header
    }

    @Override
    Frame leaving(int lineBytes) {
      return Frame.NONE;
    }

    @Override
    boolean listensOnWeb() {
      return true;
    }

    @Override
    byte[] stillHere(boolean listens) {
      // A pong that nobody asked for, without payload; masked, as a client's frames are.
      return listens ? HexFormat.of().parseHex("8a80" + "00000000") : NOTHING;
    }

    @Override
    LineLengths lengths(int lineBytes, String epoch) {
      int payload = lineBytes - 1;
      int inHeader = payload < MESSAGE_MEDIUM_BYTES ? 0 : Short.BYTES;
      return LineLengths.same(MESSAGE_HEADER_BYTES + inHeader + payload);
    }
  },

  /**
   * Plain lines that are heard as server-sent events: {@link Requests} knows how to begin, {@link
   * EventVerifier} what comes. Who sends does so in plain lines: events go one way.
   */
  SSE {
    @Override
    Frame arriving(int lineBytes) {
      return Frame.NONE; // in its event
    }

    @Override
    Frame leaving(int lineBytes) {
      return Frame.NONE;
    }

    @Override
    boolean listensOnWeb() {
      return true;
    }

    @Override
    boolean numbersLines() {
      return true;
    }

    @Override
    LineLengths lengths(int lineBytes, String epoch) {
      int event = ("id: " + epoch + "-" + "\ndata: " + "\n\n").length() + lineBytes - 1;
      return new LineLengths("\r\n\r\n".length() + event, true, event);
    }
  },

  /** Redis publish/subscribe, RESP2: a subscribed connection cannot publish. */
  REDIS {
    @Override
    byte[] greeting(boolean listens) {
      return listens ? bytes("*2\r\n$9\r\nSUBSCRIBE\r\n$1\r\nc\r\n") : NOTHING;
    }

    @Override
    Frame arriving(int lineBytes) {
      return new Frame(
          bytes("*3\r\n$7\r\nmessage\r\n$1\r\nc\r\n$" + lineBytes + "\r\n"), bytes("\r\n"));
    }

    @Override
    Frame leaving(int lineBytes) {
      return new Frame(
          bytes("*3\r\n$7\r\nPUBLISH\r\n$1\r\nc\r\n$" + lineBytes + "\r\n"), bytes("\r\n"));
    }
  },

  /** NATS, core protocol. */
  NATS {
    @Override
    byte[] greeting(boolean listens) {
      return bytes("CONNECT {\"verbose\":false}\r\n" + (listens ? "SUB c 1\r\n" : ""));
    }

    @Override
    Frame arriving(int lineBytes) {
      return new Frame(bytes("MSG c 1 " + lineBytes + "\r\n"), bytes("\r\n"));
    }

    @Override
    Frame leaving(int lineBytes) {
      return new Frame(bytes("PUB c " + lineBytes + "\r\n"), bytes("\r\n"));
    }

    // It pings a new client once after one to two seconds, to learn the round trip.
    @Override
    int quietMillis() {
      return 3_500;
    }
  },

  /** MQTT 3.1.1, quality of service 0. */
  MQTT {
    @Override
    byte[] greeting(boolean listens) {
      // CONNECT with a clean session, no keep-alive and no client identifier; SUBSCRIBE to "c".
      String connect = "100c00044d5154540402" + "0000" + "0000";
      return HexFormat.of()
          .parseHex(listens ? connect + "8206" + "0001" + "000163" + "00" : connect);
    }

    @Override
    Frame arriving(int lineBytes) {
      return new Frame(publishHeader(lineBytes), NOTHING);
    }

    @Override
    Frame leaving(int lineBytes) {
      return arriving(lineBytes);
    }

    // Fixed header, remaining length in base 128 with the low digits first, topic "c".
    private static byte[] publishHeader(int lineBytes) {
      StringBuilder header = new StringBuilder("30");
      int rest = lineBytes + 3;
      do {
        int digit = rest & 0x7f;
        rest >>>= 7;
        header.append(HexFormat.of().toHexDigits((byte) (rest > 0 ? digit | 0x80 : digit)));
      } while (rest > 0);
      return HexFormat.of().parseHex(header.append("000163"));
    }
  };

  private static final int SEND_DIGITS = 10;

  /** From so many bytes on, the length of a WebSocket's message takes two bytes more. */
  private static final int MESSAGE_MEDIUM_BYTES = 126;

  private static final int MESSAGE_HEADER_BYTES = 2;
  private static final byte[] NOTHING = new byte[0];

  /** What a client says first. */
  byte[] greeting(boolean listens) {
    return NOTHING;
  }

  /** What surrounds a line of so many bytes when it is received. */
  abstract Frame arriving(int lineBytes);

  /** What surrounds a line of so many bytes when it is sent. */
  abstract Frame leaving(int lineBytes);

  /**
   * What lines take with what surrounds them when they are received.
   *
   * @param epoch the name of the lines' numbering, where they are told it
   */
  LineLengths lengths(int lineBytes, String epoch) {
    return LineLengths.same(arriving(lineBytes).sizeBytes(lineBytes));
  }

  /** Whether lines come with numbers. */
  boolean numbersLines() {
    return false;
  }

  /** Whether those who listen do so on the server's web port. */
  boolean listensOnWeb() {
    return false;
  }

  /** What a client says so as not to be asked whether it is there; empty where nobody asks. */
  byte[] stillHere(boolean listens) {
    return NOTHING;
  }

  /** For how long nothing may have come before a server is taken to have said all of its own. */
  int quietMillis() {
    return 300;
  }

  /** Whether senders are connections of their own that do not listen. */
  boolean separatesSenders() {
    return this != LINES;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
