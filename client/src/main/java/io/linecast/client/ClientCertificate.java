package io.linecast.client;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.WeakHashMap;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * What a client shows of itself to servers that ask, if it has anything; and which have asked. Safe
 * from any thread.
 */
final class ClientCertificate extends X509ExtendedKeyManager {

  private static final String ALIAS = "client";

  private final Optional<Pair> pair;
  private final Set<Socket> asked =
      Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

  private ClientCertificate(Optional<Pair> pair) {
    this.pair = pair;
  }

  /** A certificate, those that lead from it to its CA, and the key that belongs to it. */
  private record Pair(List<X509Certificate> chain, PrivateKey key) {

    /** Without the key: a secret has no place in a log. */
    @Override
    public String toString() {
      return chain.get(0).getSubjectX500Principal().getName();
    }
  }

  static ClientCertificate none() {
    return new ClientCertificate(Optional.empty());
  }

  /**
   * One to show.
   *
   * @throws IllegalArgumentException if the key is another certificate's
   */
  static ClientCertificate of(List<X509Certificate> chain, PrivateKey key) {
    try {
      if (!belongs(key, chain.get(0))) {
        throw new IllegalArgumentException("the key is not that of the certificate");
      }
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("the key is not that of the certificate", e);
    }
    return new ClientCertificate(Optional.of(new Pair(List.copyOf(chain), key)));
  }

  private static boolean belongs(PrivateKey key, X509Certificate certificate)
      throws GeneralSecurityException {
    String algorithm =
        switch (key.getAlgorithm()) {
          case "EC" -> "SHA256withECDSA";
          case "RSA" -> "SHA256withRSA";
          default -> key.getAlgorithm();
        };
    byte[] proof = {1, 2, 3};
    Signature signing = Signature.getInstance(algorithm);
    signing.initSign(key);
    signing.update(proof);
    Signature checking = Signature.getInstance(algorithm);
    checking.initVerify(certificate.getPublicKey());
    checking.update(proof);
    return checking.verify(signing.sign());
  }

  /** Whether there is one to show. */
  boolean isPresent() {
    return pair.isPresent();
  }

  /** Whether the server at the other end has asked for one. */
  boolean isAskedBy(Socket socket) {
    return asked.contains(socket);
  }

  @Override
  public @Nullable String chooseClientAlias(
      String[] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
    if (socket != null) {
      asked.add(socket);
    }
    return alias(keyTypes);
  }

  @Override
  public @Nullable String chooseEngineClientAlias(
      String[] keyTypes, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
    return alias(keyTypes);
  }

  /** Whoever issued it: a server that knows better says so, and why. */
  private @Nullable String alias(String[] keyTypes) {
    return pair.filter(known -> Arrays.asList(keyTypes).contains(known.key().getAlgorithm()))
        .map(known -> ALIAS)
        .orElse(null);
  }

  @Override
  public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
    return alias(new String[] {keyType}) == null ? null : new String[] {ALIAS};
  }

  @Override
  public X509Certificate @Nullable [] getCertificateChain(String alias) {
    return pair.map(known -> known.chain().toArray(new X509Certificate[0])).orElse(null);
  }

  @Override
  public @Nullable PrivateKey getPrivateKey(String alias) {
    return pair.map(Pair::key).orElse(null);
  }

  @Override
  public @Nullable String chooseServerAlias(
      String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
    return null;
  }

  @Override
  public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
    return null;
  }
}
