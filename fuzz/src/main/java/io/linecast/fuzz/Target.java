package io.linecast.fuzz;

import io.linecast.cli.SettingsProperty;
import io.linecast.cli.StatusProperty;
import io.linecast.client.ServerSaysProperty;
import io.linecast.protocol.HelloProperty;
import io.linecast.protocol.LinesProperty;
import io.linecast.server.GuardedPortProperty;
import io.linecast.server.LinePortProperty;
import io.linecast.server.ProxyProperty;
import io.linecast.server.WebPortProperty;
import io.linecast.server.WebSocketProperty;
import io.linecast.server.access.TokensProperty;
import io.linecast.server.tls.PemProperty;
import io.linecast.server.tls.TlsRecordsProperty;
import io.linecast.server.web.EncodingsProperty;
import io.linecast.server.web.FramesProperty;
import java.util.Locale;
import java.util.Optional;

/** The kinds of input that are tried, each with what must hold of it, and a corpus of its name. */
public enum Target {
  /** Any stream, cut into lines. */
  LINES,
  /** Any line as a hello, or as the answer to one. */
  HELLO,
  /** What clients send to a line port, plain or acknowledged. */
  LINE_PORT,
  /** What a client without rights sends to a line port that asks for tokens. */
  GUARDED_PORT,
  /** What a client sends to the web port. */
  WEB_PORT,
  /** A client's frames, cut into lines. */
  FRAMES,
  /** What a client sends on a WebSocket, plain or of LINECAST/1. */
  WEB_SOCKET,
  /** Any lines, as each encoding has them. */
  ENCODINGS,
  /** What a server says to the Java client. */
  SERVER_SAYS,
  /** What stands in a configuration file, and the words of options. */
  SETTINGS,
  /** What a server sends as its status. */
  STATUS,
  /** What stands in a tokens file, and the words for networks. */
  TOKENS,
  /** What a connection from a proxy begins with. */
  PROXY,
  /** What stands in a file of certificates or keys. */
  PEM,
  /** What a connection with TLS begins with. */
  TLS_RECORDS;

  /** What must hold; for one thread. */
  public Property newProperty() {
    return switch (this) {
      case LINES -> new LinesProperty();
      case LINE_PORT -> new LinePortProperty();
      case GUARDED_PORT -> new GuardedPortProperty();
      case WEB_PORT -> new WebPortProperty();
      case FRAMES -> new FramesProperty();
      case WEB_SOCKET -> new WebSocketProperty();
      case HELLO -> new HelloProperty();
      case ENCODINGS -> new EncodingsProperty();
      case SERVER_SAYS -> new ServerSaysProperty();
      case SETTINGS -> new SettingsProperty();
      case STATUS -> new StatusProperty();
      case TOKENS -> new TokensProperty();
      case PROXY -> new ProxyProperty();
      case PEM -> new PemProperty();
      case TLS_RECORDS -> new TlsRecordsProperty();
    };
  }

  /** As it is written: the name of its folder. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The target that is written so; empty if it is none of these. */
  public static Optional<Target> of(String word) {
    for (Target target : values()) {
      if (target.word().equals(word)) {
        return Optional.of(target);
      }
    }
    return Optional.empty();
  }
}
