@NullMarked
package io.linecast.broker;

import org.jspecify.annotations.NullMarked;
