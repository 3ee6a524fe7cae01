/**
 * TLS: certificates and contexts that follow their files, the handshake, and what seals and opens
 * records. Knows nothing of who is connected, nor of what is said.
 */
@NullMarked
package io.linecast.server.tls;

import org.jspecify.annotations.NullMarked;
