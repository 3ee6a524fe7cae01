package io.linecast.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.linecast.core.JournalOptions;
import io.linecast.core.SlowPolicy;
import io.linecast.server.ReachOptions.UnixSocket;
import io.linecast.server.ServerOptions.LinePort;
import io.linecast.server.access.Network;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerOptionsTest {

  private static final Duration IDLE = Duration.ofSeconds(3);
  private static final AckOptions STRICT =
      new AckOptions(true, Duration.ofSeconds(5), 6, 8 << 10, 9);
  private static final WebOptions WEB =
      new WebOptions(
          OptionalInt.of(10), 11, 14, Duration.ofSeconds(12), 13, List.of("host"), List.of("*"));

  private static final TlsOptions TLS = TlsOptions.defaults();
  private static final AccessOptions ACCESS = AccessOptions.defaults();
  private static final ReachOptions REACH =
      new ReachOptions(
          List.of(new UnixSocket("/run/a", "ships"), new UnixSocket("/run/b=c", "main")),
          0600,
          Optional.of("ann:users"),
          List.of(Network.parse("192.0.2.0/24"), Network.parse("2001:db8::1")));
  private static final LimitOptions LIMITS =
      new LimitOptions(
          OptionalInt.of(15),
          16,
          OptionalInt.of(17),
          18,
          19,
          20,
          Duration.ofMillis(21),
          Duration.ofMillis(22),
          23 << 20);

  private static final JournalOptions JOURNAL =
      new JournalOptions(
          "sqlite:lines.db",
          Optional.of(Duration.ofDays(24)),
          25,
          26,
          Optional.of(Path.of("kafka.properties")),
          27,
          Duration.ofSeconds(28));

  private static final ServerOptions EVERY_SETTING_CHANGED =
      new ServerOptions(
          List.of("::1", "127.0.0.1"),
          1,
          List.of(new LinePort(2, "ships")),
          8 << 20,
          100,
          TooLong.CLOSE,
          5,
          SlowPolicy.STALL,
          true,
          true,
          7,
          IDLE,
          2,
          Transport.NIO,
          Duration.ofMillis(4),
          STRICT,
          WEB,
          TLS,
          ACCESS,
          LIMITS,
          REACH,
          JOURNAL);

  @Test
  void shouldKeepEverySettingOfTheBuilder() {
    ServerOptions options =
        ServerOptions.builder()
            .bind(List.of("::1", "127.0.0.1"))
            .port(1)
            .lines(List.of(new LinePort(2, "ships")))
            .windowBytes(8 << 20)
            .maxLineBytes(100)
            .tooLong(TooLong.CLOSE)
            .historyLines(5)
            .slow(SlowPolicy.STALL)
            .allowEnd(true)
            .print(true)
            .maxConnections(7)
            .idleTimeout(IDLE)
            .eventLoops(2)
            .transport(Transport.NIO)
            .drain(Duration.ofMillis(4))
            .acknowledged(STRICT)
            .web(WEB)
            .tls(TLS)
            .access(ACCESS)
            .limits(LIMITS)
            .reach(REACH)
            .journal(JOURNAL)
            .build();
    assertThat(options).isEqualTo(EVERY_SETTING_CHANGED);
  }

  @Test
  void shouldBeginABuilderWithWhatItHas() {
    ServerOptions options = ServerOptions.builder().port(7).slow(SlowPolicy.SKIP).build();

    assertThat(options.toBuilder().build()).isEqualTo(options);
  }

  @Test
  void shouldListTheMainPortFirst() {
    ServerOptions options =
        ServerOptions.builder().lines(List.of(new LinePort(2, "ships"))).build();

    assertThat(options.ports())
        .containsExactly(new LinePort(1234, "main"), new LinePort(2, "ships"));
  }

  @Test
  void shouldRefuseWhatCannotBe() {
    assertRefused(() -> ServerOptions.builder().port(65_536).build(), "port");
    assertRefused(() -> ServerOptions.builder().maxLineBytes(0).build(), "max-line");
    assertRefused(() -> ServerOptions.builder().maxLineBytes(2 << 20).build(), "max-line");
    assertRefused(() -> ServerOptions.builder().historyLines(-1).build(), "history");
    assertRefused(() -> ServerOptions.builder().maxConnections(-1).build(), "max-connections");
    assertRefused(() -> ServerOptions.builder().eventLoops(-1).build(), "event-loops");
    assertRefused(
        () -> ServerOptions.builder().idleTimeout(Duration.ofSeconds(-1)).build(), "idle-timeout");
    assertRefused(() -> ServerOptions.builder().drain(Duration.ofSeconds(-1)).build(), "drain");
    assertRefused(() -> new LinePort(-1, "main"), "port");
    assertRefused(() -> new LinePort(1, ""), "channel");
    assertRefused(() -> new LinePort(1, "a b"), "channel");
    assertRefused(() -> ServerOptions.builder().bind(List.of()).build(), "bind");
  }

  @Test
  void shouldRefuseUnixSocketsThatCannotBe() {
    ReachOptions usual = ReachOptions.defaults();
    UnixSocket socket = new UnixSocket("/run/a", "main");
    assertRefused(() -> new UnixSocket("", "main"), "unix needs a path");
    assertRefused(() -> new UnixSocket("/run/a", "a b"), "channel");
    assertRefused(
        () -> new UnixSocket("/" + "x".repeat(107), "main"),
        "a socket's path has at most 107 bytes, and /x");
    assertRefused(() -> usual.withUnix(socket, socket), "unix: a path is there twice");
    assertRefused(
        () -> new ReachOptions(List.of(), 01000, Optional.empty(), List.of()), "unix-mode");
    assertRefused(
        () -> new ReachOptions(List.of(), 0600, Optional.of("a:b:c"), List.of()), "unix-owner");
    assertThat(new UnixSocket("/" + "x".repeat(106), "main").path()).hasSize(107);
  }

  @Test
  void shouldRefuseAWindowOfLessThanSixteenOfTheLongestLines() {
    assertRefused(() -> ServerOptions.builder().windowBytes((1 << 20) - 1).build(), "window");
    assertRefused(
        () -> ServerOptions.builder().maxLineBytes(1 << 20).windowBytes(15 << 20).build(),
        "window");
    assertThat(ServerOptions.builder().windowBytes(1 << 20).build().windowBytes())
        .isEqualTo(1 << 20);
  }

  @Test
  void shouldHaveRoomForOneBodyAtLeast() {
    assertRefused(
        () ->
            new WebOptions(
                OptionalInt.of(1), 11, 10, Duration.ofSeconds(1), 1, List.of(), List.of()),
        "max-bodies must be at least 11, not 10");
  }

  @Test
  void shouldServeWithAsManyLoopsAsThereAreCoresOrTheWindowHasRoomFor() {
    ServerOptions defaults = ServerOptions.defaults();
    assertThat(defaults.eventLoopsOn(32)).isEqualTo(32);
    assertThat(defaults.eventLoopsOn(1_000)).isEqualTo(128);
    assertThat(defaults.toBuilder().windowBytes(1 << 20).build().eventLoopsOn(32)).isEqualTo(2);
    assertThat(defaults.toBuilder().eventLoops(7).build().eventLoopsOn(32)).isEqualTo(7);
  }

  private static void assertRefused(ThrowingCallable build, String setting) {
    assertThatThrownBy(build)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(setting);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://example.org",
        "HTTP://Example.org:8080",
        "http://example.org:443",
        "http://[::1]:8080",
        "*"
      })
  void shouldTakeAnOriginAsABrowserSaysIt(String origin) {
    assertThat(web(List.of(), List.of(origin)).origins()).containsExactly(origin);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "nonsense",
        "null",
        "https://example.org/",
        "https://example.org:443",
        "http://example.org:80",
        "https://example.org/page",
        "ftp://example.org",
        "https://user@example.org",
        "https://*"
      })
  void shouldRefuseAnOriginThatNoBrowserSays(String origin) {
    assertThatThrownBy(() -> web(List.of(), List.of(origin)))
        .hasMessageContaining("web-origin is a scheme and a host")
        .hasMessageContaining("'" + origin + "'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "http://example.org", "example.org:8080", "a b", "example.org/"})
  void shouldRefuseAHostThatIsMoreThanAName(String host) {
    assertThatThrownBy(() -> web(List.of(host), List.of()))
        .hasMessageContaining("web-host is a name without scheme or port")
        .hasMessageContaining("'" + host + "'");
  }

  private static WebOptions web(List<String> hosts, List<String> origins) {
    return new WebOptions(OptionalInt.of(10), 11, 12, Duration.ofSeconds(12), 13, hosts, origins);
  }
}
