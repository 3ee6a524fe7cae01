@NullMarked
package io.linecast.server.limit;

import org.jspecify.annotations.NullMarked;
