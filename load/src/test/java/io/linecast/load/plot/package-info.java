@NullMarked
package io.linecast.load.plot;

import org.jspecify.annotations.NullMarked;
