package io.linecast.server.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a strict content security policy and hostile lines ask of the page, read from its files. */
class PageFilesTest {

  private static final int FILE_LINES = 300;
  private static final Pattern REFERENCE = Pattern.compile("(?:href|src)=\"([^\"#]+)\"");
  private static final Pattern IMPORT = Pattern.compile("(?:from|import\\(|import) ?'([^']+)'");
  private static final Pattern WEBJAR = Pattern.compile("webjars/uplot/(.+)");

  /** File name to content. */
  private static final Map<String, String> files = new TreeMap<>();

  @BeforeAll
  static void readFiles() throws IOException, URISyntaxException {
    URL folder = PageFilesTest.class.getResource("/io/linecast/server/web/page");
    assertThat(folder).as("the page's folder on the class path").isNotNull();
    try (Stream<Path> paths = Files.list(Path.of(folder.toURI()))) {
      for (Path path : paths.toList()) {
        files.put(path.getFileName().toString(), Files.readString(path, UTF_8));
      }
    }
    assertThat(files).containsKeys("index.html", "style.css", "app.js");
  }

  @Test
  void shouldNameOnlyFilesThatThereAre() throws IOException {
    for (String reference : matches(REFERENCE, files.get("index.html"))) {
      assertThat(isThere(reference)).as("index.html names %s", reference).isTrue();
    }
    for (String name : scripts()) {
      for (String imported : matches(IMPORT, files.get(name))) {
        String path = Path.of("page").resolve(imported).normalize().toString();
        assertThat(isThere(path)).as("%s imports %s", name, imported).isTrue();
      }
    }
  }

  @Test
  void shouldHaveNoScriptOrStyleWithinThePage() {
    assertThat(files.get("index.html"))
        .doesNotContainPattern("<style|\\sstyle=|\\son[a-z]+=|javascript:")
        .doesNotContainPattern("<script(?![^>]* src=)");
  }

  @Test
  void shouldNeverReadALineAsMarkupOrAsAScript() {
    for (String name : scripts()) {
      assertThat(files.get(name))
          .as(name)
          .doesNotContainPattern(
              "innerHTML|outerHTML|insertAdjacentHTML|document\\.write|DOMParser|srcdoc|setHTML"
                  + "|\\beval\\(|new Function|setAttribute\\('style");
    }
  }

  @Test
  void shouldSpeakWithNoOtherHost() {
    files.forEach(
        (name, content) ->
            assertThat(content.replace("http://www.w3.org/2000/svg", "").replace("http://HOST", ""))
                .as(name)
                .doesNotContainPattern("(?:https?:|wss?:|url\\(|[\"'`])//"));
  }

  @Test
  void shouldHaveNoFileTooLong() {
    files.forEach(
        (name, content) ->
            assertThat(content.lines().count()).as(name).isLessThanOrEqualTo(FILE_LINES));
  }

  private static List<String> scripts() {
    return files.keySet().stream().filter(name -> name.endsWith(".js")).toList();
  }

  private static List<String> matches(Pattern pattern, String text) {
    return pattern.matcher(text).results().map((MatchResult found) -> found.group(1)).toList();
  }

  /** At a path below the page's root, where the files of this folder are below {@code page/}. */
  private static boolean isThere(String path) throws IOException {
    var webJar = WEBJAR.matcher(path);
    if (webJar.matches()) {
      String resource = "/META-INF/resources/webjars/uplot/" + version() + "/" + webJar.group(1);
      return PageFilesTest.class.getResource(resource) != null;
    }
    return path.startsWith("page/") && files.containsKey(path.substring("page/".length()));
  }

  private static String version() throws IOException {
    Properties properties = new Properties();
    try (InputStream file =
        PageFilesTest.class.getResourceAsStream(
            "/META-INF/maven/org.webjars.npm/uplot/pom.properties")) {
      properties.load(file);
    }
    return properties.getProperty("version");
  }
}
