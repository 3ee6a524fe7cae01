package io.linecast.server.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** With either provider and either protocol; a client that is the JDK's. */
class TlsHandlerTest {

  private static final String BOTH = "AUTO, TLSv1.3";

  /**
   * The server counts changes of keys within a second: two on end that are no slower are in one.
   */
  private static final long QUICK_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  /**
   * A handshake record with a hello of version 3.2, a random, no session, a suite, no compression.
   */
  private static final String HELLO_OF_TLS_1_1 =
      "1603010031" + "0100002d0302" + "ab".repeat(32) + "00" + "0004c013002f" + "0100" + "0000";

  private static final String PROTOCOL_VERSION_ALERT = "1503(01|03)00020246";

  @TempDir private Path folder;
  private TlsContexts contexts;

  private TlsPeer peer(TlsProvider provider, String protocol) throws Exception {
    ServerCertificate certificate = new SelfSigned().make(List.of("localhost"));
    contexts = new TlsContexts(TlsSource.of(certificate), provider, new TlsFigures());
    return new TlsPeer(contexts, protocol);
  }

  private TlsPeer peerWithACertificate(TlsProvider provider, String protocol) throws Exception {
    ServerCertificate own = new SelfSigned().make(List.of("ann"));
    TlsSource source =
        TlsSource.of(new SelfSigned().make(List.of("localhost")))
            .withClients(
                Pem.writeCertificate(folder.resolve("ca.pem"), own), ClientCertificates.REQUIRED);
    contexts = new TlsContexts(source, provider, new TlsFigures());
    return new TlsPeer(contexts, protocol, Optional.of(own));
  }

  @AfterEach
  void close() {
    contexts.close();
  }

  @ParameterizedTest
  @CsvSource({"AUTO, TLSv1.3", "AUTO, TLSv1.2", "JDK, TLSv1.3", "JDK, TLSv1.2"})
  void shouldHandOnWhatTheClientSaysAndSealWhatItIsTold(TlsProvider provider, String protocol)
      throws Exception {
    TlsPeer peer = peer(provider, protocol).shakeHands();

    peer.say("hello\n");
    peer.channel().writeOutbound(ascii("good day\n"), ascii("x".repeat(100_000)));

    assertThat(peer.events).containsExactly("secure", "hello\n");
    assertThat(peer.hear()).isEqualTo("good day\n" + "x".repeat(100_000));
    assertThat(peer.client().getSession().getProtocol()).isEqualTo(protocol);
  }

  @ParameterizedTest
  @CsvSource({"AUTO, TLSv1.3", "AUTO, TLSv1.2", "JDK, TLSv1.3", "JDK, TLSv1.2"})
  void shouldPutTogetherWhatComesInPieces(TlsProvider provider, String protocol) throws Exception {
    TlsPeer peer = peer(provider, protocol);
    for (int i = 0; i < 20; i++) {
      peer.say("", 3);
      peer.hear();
    }
    peer.say("y".repeat(40_000), 7);

    assertThat(peer.events).startsWith("secure");
    assertThat(String.join("", peer.events.subList(1, peer.events.size())))
        .isEqualTo("y".repeat(40_000));
  }

  @ParameterizedTest
  @CsvSource({BOTH, "AUTO, TLSv1.2", "JDK, TLSv1.3", "JDK, TLSv1.2"})
  void shouldTakeACertificateOfWhoSaysNothingMore(TlsProvider provider, String protocol)
      throws Exception {
    TlsPeer peer = peerWithACertificate(provider, protocol).shakeHands();

    assertThat(peer.events).containsExactly("secure");
  }

  /**
   * The certificate and the end of the handshake are one record, which is looked at in two goes.
   */
  @ParameterizedTest
  @CsvSource({BOTH, "JDK, TLSv1.3"})
  void shouldHandOnWhatComesRightBehindACertificate(TlsProvider provider, String protocol)
      throws Exception {
    TlsPeer peer = peerWithACertificate(provider, protocol);
    for (int i = 0; i < 20 && peer.events.isEmpty(); i++) {
      peer.hear();
      peer.say("hello\n"); // as soon as it has said all of the handshake
    }

    assertThat(peer.events).containsExactly("secure", "hello\n");
  }

  @ParameterizedTest
  @CsvSource({"AUTO, TLSv1.3", "AUTO, TLSv1.2", "JDK, TLSv1.3"})
  void shouldStillSendToWhoHasEndedItsSending(TlsProvider provider, String protocol)
      throws Exception {
    TlsPeer peer = peer(provider, protocol).shakeHands();
    peer.say("last\n");
    peer.client().closeOutbound();
    peer.say("");

    assertThat(peer.events).containsExactly("secure", "last\n", "end");
    assertThat(peer.handler().isInputEnded()).isTrue();

    if ("TLSv1.3".equals(protocol)) { // the JDK's client reads on only there
      peer.channel().writeOutbound(ascii("still there?\n"));
      assertThat(peer.hear()).isEqualTo("still there?\n");
    } else {
      assertThat(peer.channel().writeOutbound(ascii("still there?\n"))).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource({BOTH, "AUTO, TLSv1.2", "JDK, TLSv1.3", "JDK, TLSv1.2"})
  void shouldTakeAnEndWithoutCloseNotifyForABrokenConnection(TlsProvider provider, String protocol)
      throws Exception {
    TlsPeer peer = peer(provider, protocol).shakeHands();

    peer.channel().pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);

    assertThat(peer.events).containsExactly("secure", "broken");
  }

  @ParameterizedTest
  @CsvSource({BOTH, "AUTO, TLSv1.2", "JDK, TLSv1.3", "JDK, TLSv1.2"})
  void shouldTakeATamperedRecordForABrokenConnection(TlsProvider provider, String protocol)
      throws Exception {
    TlsPeer peer = peer(provider, protocol).shakeHands();
    ByteBuf sealed = peer.seal("hello\n");
    sealed.setByte(10, sealed.getByte(10) ^ 1);

    peer.send(sealed);

    assertThat(peer.events).containsExactly("secure", "broken");
  }

  @ParameterizedTest
  @CsvSource({"AUTO, TLSv1.2", "JDK, TLSv1.2"})
  void shouldTakeAHandshakeAnewForABrokenConnection(TlsProvider provider, String protocol)
      throws Exception {
    TlsPeer peer = peer(provider, protocol).shakeHands();

    peer.client().beginHandshake();
    peer.say("");

    assertThat(peer.events).containsExactly("secure", "broken");
  }

  /** BoringSSL answers no more often than its answers are taken; the JDK's TLS is stopped. */
  @ParameterizedTest
  @CsvSource({"AUTO, TLSv1.3", "JDK, TLSv1.3"})
  void shouldHoldLittleForWhoChangesKeysAndReadsNoAnswers(TlsProvider provider, String protocol)
      throws Exception {
    TlsPeer peer = peer(provider, protocol).shakeHands();
    peer.stopReading();

    for (int i = 0; i < 200 && peer.channel().isOpen(); i++) {
      peer.client().beginHandshake(); // under TLS 1.3, a change of keys that asks for another
      peer.say("x\n");
    }

    assertThat(peer.unread()).hasSizeLessThanOrEqualTo(40);
    assertThat(peer.unreadCapacity()).isLessThan(4 << 10);
  }

  @ParameterizedTest
  @CsvSource({"AUTO, TLSv1.3", "JDK, TLSv1.3"})
  void shouldCloseWhoChangesKeysAndSaysNothing(TlsProvider provider, String protocol)
      throws Exception {
    TlsPeer peer = peer(provider, protocol).shakeHands();
    int changes = 0;
    int quickChanges = 0; // on end: the JDK's TLS bears any number of slow ones

    while (quickChanges <= 60 && peer.channel().isOpen() && !peer.events.contains("broken")) {
      long start = System.nanoTime();
      peer.hear();
      peer.client().beginHandshake();
      peer.say("");
      changes++;
      quickChanges = System.nanoTime() - start < QUICK_NANOS ? quickChanges + 1 : 0;
    }

    assertThat(quickChanges).isLessThanOrEqualTo(60);
    assertThat(changes).isGreaterThanOrEqualTo(20);
  }

  @ParameterizedTest
  @CsvSource({"AUTO, TLSv1.3", "JDK, TLSv1.3"})
  void shouldCloseWhoChangesKeysManyTimesAtOnce(TlsProvider provider, String protocol)
      throws Exception {
    TlsPeer peer = peer(provider, protocol).shakeHands();
    ByteBuf changes = Unpooled.buffer();

    for (int i = 0; i < 200; i++) {
      peer.client().beginHandshake();
      changes.writeBytes(peer.seal(""));
    }
    peer.send(changes);

    assertThat(peer.events).containsExactly("secure", "broken");
  }

  @ParameterizedTest
  @CsvSource({BOTH, "JDK, TLSv1.3", "AUTO, TLSv1.2", "JDK, TLSv1.2"})
  void shouldHoldLittleMoreThanWhatItSends(TlsProvider provider, String protocol) throws Exception {
    TlsPeer peer = peer(provider, protocol).shakeHands();
    peer.stopReading();

    peer.channel().writeOutbound(ascii("a line\n"));

    assertThat(peer.unreadCapacity()).isBetween(7, 1_000);
  }

  @ParameterizedTest
  @CsvSource({BOTH, "JDK, TLSv1.3", "AUTO, TLSv1.2", "JDK, TLSv1.2"})
  void shouldSayThatItSendsNothingMore(TlsProvider provider, String protocol) throws Exception {
    TlsPeer peer = peer(provider, protocol).shakeHands();

    peer.channel().writeOutbound(ascii("bye\n"));
    peer.handler().endOutput();

    assertThat(peer.hear()).isEqualTo("bye\n");
    assertThat(peer.client().isInboundDone()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({BOTH, "JDK, TLSv1.3"})
  void shouldTellPlainBytesFromTls(TlsProvider provider, String protocol) throws Exception {
    TlsPeer peer = peer(provider, protocol);

    peer.send(ascii("hello\n"));
    peer.send(ascii("is anybody there?\n"));

    assertThat(peer.events).containsExactly("plain");
  }

  @ParameterizedTest
  @CsvSource({BOTH, "JDK, TLSv1.3"})
  void shouldRefuseOlderProtocols(TlsProvider provider, String protocol) throws Exception {
    TlsPeer peer = peer(provider, protocol);

    peer.send(Unpooled.wrappedBuffer(HexFormat.of().parseHex(HELLO_OF_TLS_1_1)));

    assertThat(peer.events).containsExactly("failed");
    ByteBuf alert = peer.channel().readOutbound();
    assertThat(ByteBufUtil.hexDump(alert)).matches(PROTOCOL_VERSION_ALERT);
  }

  @ParameterizedTest
  @CsvSource({BOTH, "JDK, TLSv1.3"})
  void shouldTellWhenTheClientGoesAwayBeforeItIsSecure(TlsProvider provider, String protocol)
      throws Exception {
    TlsPeer peer = peer(provider, protocol);
    peer.say("");

    peer.channel().close();

    assertThat(peer.events).containsExactly("gone");
  }

  private static ByteBuf ascii(String text) {
    return Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII);
  }
}
