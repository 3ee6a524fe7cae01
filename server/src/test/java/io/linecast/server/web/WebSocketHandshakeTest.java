package io.linecast.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WebSocketHandshakeTest {

  /** The example of RFC 6455, 1.3. */
  @Test
  void shouldAnswerAKeyAsTheStandardSays() {
    assertThat(WebSocketHandshake.accept("dGhlIHNhbXBsZSBub25jZQ=="))
        .isEqualTo("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
  }
}
