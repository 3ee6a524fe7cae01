/** Tests of the client: its parts, and the whole against a server that follows a script. */
@NullMarked
package io.linecast.client;

import org.jspecify.annotations.NullMarked;
