/** What TLS costs: what BoringSSL seals by itself, what a server sends, and how many come in. */
@NullMarked
package io.linecast.bench.tls;

import org.jspecify.annotations.NullMarked;
