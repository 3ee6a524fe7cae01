@NullMarked
package io.linecast.server.access;

import org.jspecify.annotations.NullMarked;
