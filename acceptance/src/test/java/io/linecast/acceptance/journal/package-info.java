/** Lines that last: what is left of them when servers are killed, and when disks fail. */
@NullMarked
package io.linecast.acceptance.journal;

import org.jspecify.annotations.NullMarked;
