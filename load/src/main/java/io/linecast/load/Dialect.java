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
    LineLengths lengths(int lineBytes) {
      return new LineLengths("LINE  ".length() + lineBytes, true);
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
  private static final byte[] NOTHING = new byte[0];

  /** What a client says first. */
  byte[] greeting(boolean listens) {
    return NOTHING;
  }

  /** What surrounds a line of so many bytes when it is received. */
  abstract Frame arriving(int lineBytes);

  /** What surrounds a line of so many bytes when it is sent. */
  abstract Frame leaving(int lineBytes);

  /** What lines take with what surrounds them when they are received. */
  LineLengths lengths(int lineBytes) {
    return new LineLengths(arriving(lineBytes).sizeBytes(lineBytes), false);
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
