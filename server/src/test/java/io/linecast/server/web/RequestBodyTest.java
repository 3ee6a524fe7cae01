package io.linecast.server.web;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import org.junit.jupiter.api.Test;

class RequestBodyTest {

  private static final int LIMIT_BYTES = 100;

  private final BodyBudget budget = new BodyBudget(LIMIT_BYTES);

  @Test
  void shouldHoldWhatHasCome() {
    RequestBody body = body(8);

    assertThat(body.add(part("on"))).isTrue();
    assertThat(body.add(part("e\ntwo\n"))).isTrue();
    assertThat(body.bytes().toString(US_ASCII)).isEqualTo("one\ntwo\n");
    body.release();
  }

  @Test
  void shouldHaveRoomForALineFeedMore() {
    RequestBody body = body(3);
    body.add(part("one"));

    assertThat(body.bytes().writableBytes()).isEqualTo(1);
    body.release();
  }

  @Test
  void shouldTakeOfTheBudgetWhatItWillHaveAtMost() {
    RequestBody body = body(60);
    body.add(part("x"));

    assertThat(budget.hasRoomFor(LIMIT_BYTES - 60)).isTrue();
    assertThat(budget.hasRoomFor(LIMIT_BYTES - 59)).isFalse();
    body.release();
  }

  @Test
  void shouldTakeNothingThatTheBudgetHasNoRoomFor() {
    RequestBody one = body(60);
    RequestBody two = body(60);
    one.add(part("x"));

    assertThat(two.add(part("y"))).isFalse();
    assertThat(two.bytes().isReadable()).isFalse();
    one.release();
    assertThat(two.add(part("y"))).isTrue();
    two.release();
  }

  @Test
  void shouldGiveBackWhatItTookOnce() {
    RequestBody body = body(LIMIT_BYTES);
    body.add(part("x"));
    body.release();
    body.release();

    assertThat(budget.hasRoomFor(LIMIT_BYTES)).isTrue();
    assertThat(budget.hasRoomFor(LIMIT_BYTES + 1)).isFalse();
  }

  private RequestBody body(int mostBytes) {
    return new RequestBody(budget, UnpooledByteBufAllocator.DEFAULT, mostBytes);
  }

  private static ByteBuf part(String text) {
    return Unpooled.copiedBuffer(text, US_ASCII);
  }
}
