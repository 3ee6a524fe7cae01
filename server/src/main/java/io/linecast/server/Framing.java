package io.linecast.server;

import io.linecast.core.BasicEncoding;
import io.linecast.core.CloseReason;
import io.linecast.core.LineEncoding;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/** How the lines of LINECAST/1 go over a connection. Immutable; safe from any thread. */
interface Framing {

  /** As lines, on a line port. */
  Framing LINES =
      new Framing() {
        @Override
        public Wire wire() {
          return Wire.ACKNOWLEDGED;
        }

        @Override
        public LineEncoding encoding() {
          return BasicEncoding.NUMBERED;
        }

        @Override
        public ByteBuf frame(ByteBuf lines) {
          return lines;
        }

        @Override
        public ByteBuf end(CloseReason reason) {
          return Unpooled.EMPTY_BUFFER;
        }
      };

  /** What such a connection counts as. */
  Wire wire();

  /** How the channel's lines are written. */
  LineEncoding encoding();

  /** Puts whole lines of the server's own as they go out; takes over the reference to them. */
  ByteBuf frame(ByteBuf lines);

  /** What goes out behind the last line, for the caller to release. */
  ByteBuf end(CloseReason reason);
}
