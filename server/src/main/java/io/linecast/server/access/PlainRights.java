package io.linecast.server.access;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What a client may do that has said nothing of itself, in a channel. */
public enum PlainRights {
  /** To hear lines and no more. */
  LISTEN(true, false),
  /** To send lines and no more. */
  PUBLISH(false, true),
  /** To hear lines and to send some. */
  BOTH(true, true),
  /** Nothing. */
  NONE(false, false);

  /** Made once: every connection asks. */
  private static final Map<PlainRights, Rights> EVERYWHERE = new EnumMap<>(PlainRights.class);

  static {
    for (PlainRights rights : values()) {
      Set<Right> each = EnumSet.noneOf(Right.class);
      if (rights.listens) {
        each.add(Right.LISTEN);
      }
      if (rights.publishes) {
        each.add(Right.PUBLISH);
      }
      EVERYWHERE.put(rights, Rights.everywhere(each));
    }
  }

  private final boolean listens;
  private final boolean publishes;

  PlainRights(boolean listens, boolean publishes) {
    this.listens = listens;
    this.publishes = publishes;
  }

  /** As it is written in options. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The one that is written so. */
  public static Optional<PlainRights> of(String word) {
    return Stream.of(values()).filter(rights -> rights.word().equals(word)).findFirst();
  }

  /** What of some rights concerns a channel's lines. */
  public static PlainRights of(Rights rights, String channel) {
    boolean publishes = rights.may(Right.PUBLISH, channel);
    return rights.may(Right.LISTEN, channel)
        ? (publishes ? BOTH : LISTEN)
        : (publishes ? PUBLISH : NONE);
  }

  /** Whether lines may be heard. */
  public boolean mayListen() {
    return listens;
  }

  /** Whether lines may be sent. */
  public boolean mayPublish() {
    return publishes;
  }

  /** The same, in every channel. */
  public Rights everywhere() {
    return Objects.requireNonNull(EVERYWHERE.get(this));
  }
}
