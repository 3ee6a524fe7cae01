@NullMarked
package io.linecast.server;

import org.jspecify.annotations.NullMarked;
