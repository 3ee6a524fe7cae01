package io.linecast.cli;

import java.time.ZoneId;

/**
 * What somebody looks at, and how they want to see it.
 *
 * @param server where it comes from
 * @param shown what is to be seen, which is not the latest while it is paused
 * @param zone where the clock on the wall is
 */
record TopView(
    String server,
    StatusNews shown,
    SlowestOrder order,
    boolean paused,
    boolean help,
    boolean left,
    ZoneId zone) {

  private static final int CONTROL_C = 3;
  private static final int ESCAPE = 27;

  static TopView of(String server, StatusNews news, ZoneId zone) {
    return new TopView(server, news, SlowestOrder.BYTES, false, false, false, zone);
  }

  /** What it is once there is news. That the server is lost is told while it is paused, too. */
  TopView with(StatusNews news) {
    StatusNews next = paused ? new StatusNews(shown.status(), shown.at(), news.trouble()) : news;
    return new TopView(server, next, order, paused, help, left, zone);
  }

  /** What it is once a key is pressed. */
  TopView press(int key) {
    return switch (key) {
      case 'q', CONTROL_C -> new TopView(server, shown, order, paused, help, true, zone);
      case 'p', ' ' -> new TopView(server, shown, order, !paused, help, left, zone);
      case 's' -> new TopView(server, shown, order.next(), paused, help, left, zone);
      case '?', 'h' -> new TopView(server, shown, order, paused, !help, left, zone);
      case ESCAPE -> new TopView(server, shown, order, paused, false, left, zone);
      default -> this;
    };
  }
}
