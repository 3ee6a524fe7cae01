@NullMarked
package io.linecast.cli;

import org.jspecify.annotations.NullMarked;
