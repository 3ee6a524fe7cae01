package io.linecast.server.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.linecast.core.Gap;
import io.linecast.protocol.GapReason;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;

class EventsTest {

  private final Events events = new Events("5f3a");

  @Test
  void shouldBeginWithThePlaceThatABrowserComesBackTo() {
    assertThat(events.beginning(41)).isEqualTo("19\r\nretry: 1000\nid: 5f3a-41\n\n\r\n");
  }

  @Test
  void shouldSayWhichLinesWillNeverCome() {
    assertThat(events.gap(new Gap(5, 979, GapReason.SLOW), 979))
        .startsWith("46\r\nevent: gap\nid: 5f3a-979\ndata: {")
        .endsWith("\ndata: {\"first\":5,\"last\":979,\"reason\":\"slow\"}\n\n\r\n");
  }

  @Test
  void shouldSayNothingOfWhereAnEndedNumberingEnded() {
    assertThat(events.gap(new Gap(5, Long.MAX_VALUE, GapReason.EPOCH), 3))
        .contains("id: 5f3a-3\n")
        .contains("{\"first\":5,\"last\":null,\"reason\":\"epoch\"}");
  }

  @Test
  void shouldHaveAHeartbeatThatIsNoEvent() {
    assertThat(Events.HEARTBEAT).isEqualTo("3\r\n:\n\n\r\n");
  }

  @Test
  void shouldPutDataInAnEventWithoutANumber() {
    ByteBuf to = Unpooled.buffer();
    Events.putData(to, "{\"a\":\"\u00e4\"}".getBytes(UTF_8));

    assertThat(to.toString(UTF_8)).isEqualTo("12\r\ndata: {\"a\":\"\u00e4\"}\n\n\r\n");
    assertThat(Events.RECONNECT).isEqualTo("d\r\nretry: 1000\n\n\r\n");
  }

  @Test
  void shouldReadTheIdThatItWrites() {
    assertThat(EventId.parse("5f3a-41")).contains(new EventId("5f3a", 41));
    assertThat(EventId.parse("a-b-0")).contains(new EventId("a-b", 0));
    for (String none :
        new String[] {"", "41", "-41", "5f3a-", "5f3a-x", "5f3a-99999999999999999999"}) {
      assertThat(EventId.parse(none)).as(none).isEmpty();
    }
  }
}
