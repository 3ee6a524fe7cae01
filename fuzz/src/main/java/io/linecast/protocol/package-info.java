@NullMarked
package io.linecast.protocol;

import org.jspecify.annotations.NullMarked;
