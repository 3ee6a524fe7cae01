@NullMarked
package io.linecast.client;

import org.jspecify.annotations.NullMarked;
