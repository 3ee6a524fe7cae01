package io.linecast.server;

import io.linecast.fuzz.Property;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a client of the web port has been sent, taken apart: it must be HTTP/1.1, and each header
 * one of ours. For one thread.
 */
final class Responses {

  private static final Pattern STATUS = Pattern.compile("HTTP/1\\.1 ([1-5]\\d\\d) [A-Za-z' -]+");
  private static final Pattern HEADER = Pattern.compile("([A-Za-z-]+): ([\\x20-\\xFF]*)");
  private static final Pattern CHUNK = Pattern.compile("([0-9a-f]{1,8})\r\n");
  private static final String HEAD_END = "\r\n\r\n";
  private static final int SWITCHING = 101;
  private static final int FAULT = 500;

  private final String bytes;
  private final List<Integer> statuses = new ArrayList<>();
  private int at;

  private Responses(byte[] written) {
    this.bytes = new String(written, StandardCharsets.ISO_8859_1);
  }

  /** Takes apart what was sent on a connection that has ended. */
  static Responses of(byte[] written) {
    Responses responses = new Responses(written);
    while (responses.at < responses.bytes.length()) {
      responses.read();
    }
    return responses;
  }

  /** The responses, by their status; interim ones too. */
  List<Integer> statuses() {
    return statuses;
  }

  private void read() {
    int end = bytes.indexOf(HEAD_END, at);
    Property.require(end >= 0, () -> "no head: " + rest());
    String[] head = bytes.substring(at, end).split("\r\n", -1);
    Matcher first = STATUS.matcher(head[0]);
    Property.require(first.matches(), () -> "no status: " + head[0]);
    int status = Integer.parseInt(first.group(1));
    Property.require(status != FAULT, () -> "a fault: " + rest());
    statuses.add(status);
    Map<String, String> headers = new LinkedHashMap<>();
    for (int i = 1; i < head.length; i++) {
      String line = head[i];
      Matcher header = HEADER.matcher(line);
      Property.require(header.matches(), () -> "no header: " + line);
      headers.put(header.group(1).toLowerCase(Locale.ROOT), header.group(2));
    }
    at = end + HEAD_END.length();
    passBody(status, headers);
  }

  private void passBody(int status, Map<String, String> headers) {
    String length = headers.getOrDefault("content-length", "");
    if (status == SWITCHING || headers.getOrDefault("content-type", "").startsWith("text/plain")) {
      at = length.isEmpty() ? bytes.length() : at + Integer.parseInt(length); // until the end
    } else if (headers.getOrDefault("transfer-encoding", "").equals("chunked")) {
      passChunks();
    } else if (!length.isEmpty() && !bytes.startsWith("HTTP/1.1 ", at)) { // else it was a HEAD
      int body = Integer.parseInt(length);
      int left = bytes.length() - at;
      Property.require(left == 0 || left >= body, () -> "a body is cut off: " + rest());
      at += Math.min(left, body);
    }
  }

  private void passChunks() {
    Matcher chunk = CHUNK.matcher(bytes);
    while (at < bytes.length()) {
      Property.require(chunk.find(at) && chunk.start() == at, () -> "no chunk: " + rest());
      int size = Integer.parseInt(chunk.group(1), 16);
      int end = chunk.end() + size;
      Property.require(bytes.startsWith("\r\n", end), () -> "a chunk without end: " + rest());
      at = end + 2;
      if (size == 0) {
        return;
      }
    }
  }

  private String rest() {
    return bytes.substring(Math.min(at, bytes.length()));
  }
}
