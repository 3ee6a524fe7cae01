package io.linecast.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The balance of deliveries that the program prints when it stops. */
record Balance(long eligible, long delivered, long skipped, long pending) {
  private static final Pattern PRINTED =
      Pattern.compile(
          "eligible\\s+(\\d+)\\s*=\\s*delivered\\s+(\\d+)\\s*\\+\\s*skipped\\s+(\\d+)\\s*\\+\\s*"
              + "pending\\s+(\\d+)");

  /** The last one in what a program said. */
  static Balance in(String output) {
    List<MatchResult> results = PRINTED.matcher(output).results().toList();
    assertThat(results).as("balances in the output").isNotEmpty();
    MatchResult last = results.getLast();
    return new Balance(figure(last, 1), figure(last, 2), figure(last, 3), figure(last, 4));
  }

  boolean balances() {
    return eligible == delivered + skipped + pending;
  }

  private static long figure(MatchResult result, int group) {
    return Long.parseLong(result.group(group));
  }
}
