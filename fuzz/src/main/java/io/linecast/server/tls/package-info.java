@NullMarked
package io.linecast.server.tls;

import org.jspecify.annotations.NullMarked;
