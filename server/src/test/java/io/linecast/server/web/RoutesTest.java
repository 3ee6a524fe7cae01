package io.linecast.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http.HttpMethod;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RoutesTest {

  private final Route lines = exchange -> {};
  private final Route post = exchange -> {};
  private final Route channel = exchange -> {};
  private final Route files = exchange -> {};
  private final Routes routes =
      new Routes()
          .get("/lines", lines)
          .post("/lines", post)
          .get("/channels/{channel}/lines", channel)
          .get("/files/**", files);

  @Test
  void shouldFindARouteByItsMethodAndPath() {
    assertThat(find(HttpMethod.GET, "/lines").route()).isSameAs(lines);
    assertThat(find(HttpMethod.HEAD, "/lines").route()).isSameAs(lines);
    assertThat(find(HttpMethod.POST, "/lines").route()).isSameAs(post);
  }

  @Test
  void shouldSayWhatStandsForAWordInBraces() {
    assertThat(find(HttpMethod.GET, "/channels/a.b-c/lines"))
        .isEqualTo(new Routes.Match(channel, Map.of("channel", "a.b-c")));
    assertThat(find(HttpMethod.GET, "/files/a/b.js"))
        .isEqualTo(new Routes.Match(files, Map.of(Routes.REST, "a/b.js")));
  }

  @Test
  void shouldFindNothingElse() {
    for (String path :
        new String[] {
          "", "/", "/line", "/lines/", "/channels//lines", "/channels/a/b/lines", "/files/"
        }) {
      assertThat(routes.find(HttpMethod.GET, path)).as(path).isNull();
      assertThat(routes.methods(path)).as(path).isEmpty();
    }
    assertThat(routes.find(HttpMethod.PUT, "/lines")).isNull();
  }

  @Test
  void shouldSayWhichMethodsAPathHas() {
    assertThat(routes.methods("/lines")).containsExactly("GET", "HEAD", "POST");
  }

  private Routes.Match find(HttpMethod method, String path) {
    Routes.Match match = routes.find(method, path);
    assertThat(match).as(path).isNotNull();
    return match;
  }
}
