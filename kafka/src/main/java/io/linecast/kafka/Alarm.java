package io.linecast.kafka;

import io.linecast.kafka.Health.Source;
import java.lang.System.Logger.Level;
import java.util.List;

/** Tells of trouble, and of its end: the log and all journals. Safe from any thread. */
final class Alarm {

  private static final System.Logger LOG = System.getLogger(Alarm.class.getName());

  private final TopicPlace place;
  private final Health health;
  private final List<Returning> channels;

  Alarm(TopicPlace place, Health health, List<Returning> channels) {
    this.place = place;
    this.health = health;
    this.channels = channels;
  }

  boolean has(Source source) {
    return health.has(source);
  }

  void onTrouble(Source source, String words) {
    if (health.onTrouble(source, place + ": " + words)) {
      LOG.log(Level.ERROR, "the journal keeps nothing: " + place + ": " + words);
      tellJournals();
    }
  }

  void onWell(Source source) {
    if (health.onWell(source)) {
      LOG.log(Level.INFO, "the journal keeps lines again");
      tellJournals();
    }
  }

  /** A thread has ended that should not. */
  void onFault(Source source, Throwable fault) {
    LOG.log(Level.ERROR, "the journal has ended by a fault of the program", fault);
    onTrouble(source, "a fault of the program, see its log; start the server anew");
  }

  /** There is trouble, or none any more, or there is room. */
  void tellJournals() {
    channels.forEach(each -> each.journal().onStateChanged());
  }
}
