package io.linecast.load;

import java.util.Iterator;
import java.util.stream.Stream;

/** The scenarios' names as they are typed, for help and completion. */
final class ScenarioNames implements Iterable<String> {
  @Override
  public Iterator<String> iterator() {
    return Stream.of(Scenario.values()).map(Scenario::word).iterator();
  }
}
