package io.linecast.load;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A command line of the form {@code HOST:PORT --option VALUE --flag}, taken apart. */
final class Arguments {
  private static final String ALLOW_REMOTE = "allow-remote";
  private static final int PORT_MAX = 65_535;

  private final Map<String, String> options = new HashMap<>();
  private final Set<String> flags = new HashSet<>();
  private Optional<String> target = Optional.empty();

  /**
   * @param known the options that have a value
   * @param knownFlags those that have none; {@code allow-remote} is always one of them
   */
  Arguments(List<String> words, Set<String> known, Set<String> knownFlags) {
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      String name = word.startsWith("--") ? word.substring(2) : "";
      if (name.isEmpty() && target.isEmpty()) {
        target = Optional.of(word);
      } else if (knownFlags.contains(name) || name.equals(ALLOW_REMOTE)) {
        flags.add(name);
      } else if (known.contains(name) && i + 1 < words.size()) {
        options.put(name, words.get(++i));
      } else {
        throw new UsageException("what is " + word + "?");
      }
    }
  }

  boolean has(String flag) {
    return flags.contains(flag);
  }

  Optional<String> text(String option) {
    return Optional.ofNullable(options.get(option));
  }

  int number(String option, int orElse, int min, int max) {
    String text = options.getOrDefault(option, Integer.toString(orElse));
    try {
      int value = Integer.parseInt(text);
      if (value >= min && value <= max) {
        return value;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw new UsageException("--" + option + " is a number from " + min + " to " + max);
  }

  Optional<LocalProcess> process(String option) {
    return text(option).map(pid -> new LocalProcess(number(option, 0, 1, Integer.MAX_VALUE)));
  }

  /** The server to load, which has to be this machine unless the command line allows others. */
  InetSocketAddress target() {
    String text = target.orElseThrow(() -> new UsageException("HOST:PORT is missing"));
    int colon = text.lastIndexOf(':');
    if (colon < 1) {
      throw new UsageException(text + " is not HOST:PORT");
    }
    try {
      InetAddress host = InetAddress.getByName(text.substring(0, colon));
      if (!host.isLoopbackAddress() && !has(ALLOW_REMOTE)) {
        throw new UsageException(
            text + " is not this machine; load another one only with --allow-remote");
      }
      return new InetSocketAddress(host, port(text.substring(colon + 1)));
    } catch (UnknownHostException e) {
      throw new UsageException("no such host: " + text);
    }
  }

  private static int port(String text) {
    try {
      int port = Integer.parseInt(text);
      if (port > 0 && port <= PORT_MAX) {
        return port;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw new UsageException(text + " is no port");
  }
}
