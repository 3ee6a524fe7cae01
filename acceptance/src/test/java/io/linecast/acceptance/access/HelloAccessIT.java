package io.linecast.acceptance.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.linecast.acceptance.BlackBox;
import io.linecast.acceptance.LineClient;
import io.linecast.acceptance.ServerUnderTest;
import io.linecast.acceptance.TokenStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a hello of LINECAST/1 is answered, by the token that it bears. */
@BlackBox
class HelloAccessIT {

  private static final String NONCE = "by-hand-1";

  /** Made once: each is a run of the program. */
  private static final TokenStore tokens = TokenStore.empty();

  private static String both;
  private static String listen;
  private static String publish;
  private static String ships;
  private ServerUnderTest server;

  @BeforeAll
  static void addTokens() {
    both = tokens.add("both");
    listen = tokens.add("listen", "--rights", "listen");
    publish = tokens.add("publish", "--rights", "publish");
    ships = tokens.add("ships", "--channels", "ships");
  }

  @BeforeEach
  void start() {
    server =
        ServerUnderTest.start("--tokens", tokens.file().toString(), "--lines", "0=ships,0=planes");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private String answer(String parameters) {
    return answer("main", parameters);
  }

  private String answer(String port, String parameters) {
    try (LineClient client = port.equals("main") ? server.connect() : server.connectTo(port)) {
      client.send("LINECAST/1 " + NONCE + parameters);
      return client.hear().substring(("LINECAST/1 " + NONCE + " ").length());
    }
  }

  @Test
  void shouldLetInWhoBringsAValidToken() {
    assertThat(answer(" token=" + both)).startsWith("ok channel=main ");
    assertThat(answer(" channel=planes token=" + both)).startsWith("ok channel=planes ");
    assertThat(answer(" token=" + ships + " channel=ships")).startsWith("ok channel=ships ");
  }

  @Test
  void shouldRefuseWhoBringsNoneOrOneThatIsNotValid() {
    assertThat(answer("")).startsWith("no auth ");
    assertThat(answer(" listen=no")).startsWith("no auth ");
    assertThat(answer(" token=lc_wrong")).startsWith("no auth ");
    assertThat(answer(" token=" + both + "x")).startsWith("no auth ");
    assertThat(answer(" token=" + both.substring(0, both.length() - 1))).startsWith("no auth ");
  }

  @Test
  void shouldRefuseWhatTheTokenDoesNotAllow() {
    assertThat(answer(" token=" + publish)).startsWith("no auth ").contains("listen=no");
    assertThat(answer(" listen=no token=" + publish)).startsWith("ok ");
    assertThat(answer(" token=" + listen)).startsWith("ok ");
    assertThat(answer(" listen=no token=" + listen)).startsWith("no auth ");
  }

  /** It would take the name from a connection that may publish. */
  @Test
  void shouldNotLetWhoMayNotPublishTakeAPublishersName() {
    assertThat(answer(" publisher=buoy-7 token=" + listen)).startsWith("no auth ");
    assertThat(answer(" publisher=buoy-7 token=" + both)).startsWith("ok ");
  }

  /** Of a channel that is not one's own, nobody learns that it is there. */
  @Test
  void shouldSayTheSameOfAChannelThatIsForOthersAsOfOneThatIsNot() {
    String forOthers = answer(" channel=planes token=" + ships);
    assertThat(forOthers).startsWith("no channel ");
    assertThat(answer(" channel=no-such token=" + ships)).isEqualTo(forOthers);

    String stranger = answer(" channel=planes");
    assertThat(stranger).startsWith("no auth ");
    assertThat(answer(" channel=no-such")).isEqualTo(stranger);
    assertThat(answer(" channel=no-such token=wrong"))
        .isEqualTo(answer(" channel=planes token=wrong"));
  }

  /** That a port has a channel, whoever reaches it can see. */
  @Test
  void shouldRefuseAtAPortOfAChannelThatIsForOthers() {
    assertThat(answer("planes", " token=" + ships)).startsWith("no auth ");
    assertThat(answer("ships", " token=" + ships)).startsWith("ok channel=ships ");
  }

  @Test
  void shouldFailEachSendOfWhoMayNotPublishAndGoOn() {
    try (LineClient listener = server.connect();
        LineClient publisher = server.connect()) {
      listener.send("LINECAST/1 " + NONCE + " token=" + listen, "SEND 1 a", "SEND 2 b", "PING x");
      assertThat(listener.hear()).contains(" ok ");
      assertThat(listener.hear()).startsWith("FAIL 1 auth ");
      assertThat(listener.hear()).startsWith("FAIL 2 auth ");
      assertThat(listener.hear()).isEqualTo("PONG x");
      publisher.send("LINECAST/1 " + NONCE + " token=" + both, "SEND 1 heard");
      assertThat(listener.hear()).isEqualTo("LINE 1 heard");
      listener.send("SEND 3 c");
      assertThat(listener.hear()).startsWith("FAIL 3 auth ");
    }
  }

  @ParameterizedTest
  @CsvSource({"listen, false, true", "publish, true, false", "both, true, true"})
  void shouldAddToWhatIsAllowedAnyway(String plain, boolean mayPublish, boolean mayListen) {
    try (ServerUnderTest lenient =
            ServerUnderTest.start("--tokens", tokens.file().toString(), "--plain", plain);
        LineClient stranger = lenient.connect()) {
      stranger.send("LINECAST/1 " + NONCE + (mayListen ? "" : " listen=no"), "SEND 1 x");
      assertThat(stranger.hear()).contains(" ok ");
      assertThat(stranger.hear()).startsWith(mayPublish ? "SENT 1 " : "FAIL 1 auth ");
      try (LineClient bearer = lenient.connect()) {
        bearer.send("LINECAST/1 " + NONCE + " token=" + publish, "SEND 1 x");
        assertThat(bearer.hear()).contains(mayListen ? " ok " : " no auth ");
      }
    }
  }

  /** Whoever brings one wants it to count. */
  @Test
  void shouldRefuseAWrongTokenEvenWhereNoneIsNeeded() {
    try (ServerUnderTest lenient =
            ServerUnderTest.start("--tokens", tokens.file().toString(), "--plain", "both");
        LineClient bearer = lenient.connect()) {
      bearer.send("LINECAST/1 " + NONCE + " token=lc_wrong");
      assertThat(bearer.hear()).contains(" no auth ");
      bearer.expectEnd();
    }
  }

  @Test
  void shouldPassOverATokenWhereNobodyIsAskedForOne() {
    try (ServerUnderTest open = ServerUnderTest.start();
        LineClient bearer = open.connect()) {
      bearer.send("LINECAST/1 " + NONCE + " token=lc_whatever");
      assertThat(bearer.hear()).contains(" ok ");
    }
  }
}
