package io.linecast.server.web;

import io.netty.handler.codec.http.HttpMethod;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The table of what there is at which path. Filled before the first request, then immutable.
 *
 * <p>A path is made of words; one in braces stands for any word, and a last {@code **} for whatever
 * follows. The first that fits counts.
 */
public final class Routes {

  private static final Pattern PLACEHOLDER = Pattern.compile("\\{([a-z]+)}|\\*\\*");

  /** The name of what {@code **} stands for. */
  public static final String REST = "rest";

  private record Entry(HttpMethod method, Pattern path, List<String> names, Route route) {}

  /**
   * What was found.
   *
   * @param words what stands in the place of those in braces, by name; {@code rest} for {@code **}
   */
  record Match(Route route, Map<String, String> words) {}

  private final List<Entry> entries = new ArrayList<>();

  /** Adds a path to read from; {@code HEAD} goes with it. */
  public Routes get(String path, Route route) {
    return add(HttpMethod.GET, path, route);
  }

  /** Adds a path to write to. */
  public Routes post(String path, Route route) {
    return add(HttpMethod.POST, path, route);
  }

  private Routes add(HttpMethod method, String path, Route route) {
    List<String> names = new ArrayList<>();
    StringBuilder pattern = new StringBuilder();
    Matcher special = PLACEHOLDER.matcher(path);
    int at = 0;
    while (special.find()) {
      pattern.append(Pattern.quote(path.substring(at, special.start())));
      boolean isWord = special.group(1) != null;
      names.add(isWord ? special.group(1) : REST);
      pattern.append(isWord ? "([^/]+)" : "(.+)");
      at = special.end();
    }
    pattern.append(Pattern.quote(path.substring(at)));
    entries.add(new Entry(method, Pattern.compile(pattern.toString()), names, route));
    return this;
  }

  /** What there is for a method at a path; null if nothing. */
  @Nullable Match find(HttpMethod method, String path) {
    HttpMethod wanted = method.equals(HttpMethod.HEAD) ? HttpMethod.GET : method;
    for (Entry entry : entries) {
      Matcher matcher = entry.path().matcher(path);
      if (entry.method().equals(wanted) && matcher.matches()) {
        Map<String, String> words = new LinkedHashMap<>();
        for (int i = 0; i < entry.names().size(); i++) {
          words.put(entry.names().get(i), matcher.group(i + 1));
        }
        return new Match(entry.route(), words);
      }
    }
    return null;
  }

  /** The methods that a path of the table has, by name; empty if there is no such path. */
  Set<String> methods(String path) {
    Set<String> methods = new LinkedHashSet<>();
    for (Entry entry : entries) {
      if (entry.path().matcher(path).matches()) {
        methods.add(entry.method().name());
        if (entry.method().equals(HttpMethod.GET)) {
          methods.add(HttpMethod.HEAD.name());
        }
      }
    }
    return methods;
  }
}
