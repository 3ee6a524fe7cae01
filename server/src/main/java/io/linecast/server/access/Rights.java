package io.linecast.server.access;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What somebody may do, and in which channels. Immutable.
 *
 * <p>Asked when a connection begins, and never for a line.
 */
public final class Rights {

  /** Nothing at all. */
  public static final Rights NONE = new Rights(new EnumMap<>(Right.class));

  /** To know how the server is, and nothing of its lines. */
  static final Rights ADMINISTER = everywhere(EnumSet.of(Right.ADMIN));

  /** Which channels: all, or those of these names. */
  private record Channels(boolean all, Set<String> names) {

    boolean has(String channel) {
      return all || names.contains(channel);
    }

    Channels and(Channels others) {
      Set<String> both = new TreeSet<>(names);
      both.addAll(others.names);
      return new Channels(all || others.all, Set.copyOf(both));
    }
  }

  private final Map<Right, Channels> channels;

  private Rights(Map<Right, Channels> channels) {
    this.channels = channels;
  }

  /** These rights, in every channel. */
  public static Rights everywhere(Set<Right> rights) {
    return of(rights, new Channels(true, Set.of()));
  }

  /** These rights, in channels of these names alone. */
  public static Rights in(Set<String> channels, Set<Right> rights) {
    return of(rights, new Channels(false, Set.copyOf(channels)));
  }

  private static Rights of(Set<Right> rights, Channels channels) {
    Map<Right, Channels> each = new EnumMap<>(Right.class);
    rights.forEach(right -> each.put(right, channels));
    return new Rights(each);
  }

  /** What either of both allows. A right in one channel is none in another for it. */
  public Rights union(Rights others) {
    Map<Right, Channels> either = new EnumMap<>(Right.class);
    either.putAll(channels);
    others.channels.forEach((right, more) -> either.merge(right, more, Channels::and));
    return new Rights(either);
  }

  /** Whether it may do that in a channel. */
  public boolean may(Right right, String channel) {
    Channels where = channels.get(right);
    return where != null && (right == Right.ADMIN || where.has(channel));
  }

  /** Whether it may do anything with a channel's lines: else it need not know that there is one. */
  public boolean mayEnter(String channel) {
    return may(Right.LISTEN, channel) || may(Right.PUBLISH, channel);
  }

  /** Whether it may know how the server is. */
  public boolean mayAdminister() {
    return channels.containsKey(Right.ADMIN);
  }

  /** The rights there are, in whatever channel. */
  public Set<Right> all() {
    Set<Right> all = EnumSet.noneOf(Right.class);
    all.addAll(channels.keySet());
    return all;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Rights rights && channels.equals(rights.channels);
  }

  @Override
  public int hashCode() {
    return channels.hashCode();
  }

  @Override
  public String toString() {
    return channels.toString();
  }
}
