/**
 * Black-box tests of the real program over real sockets.
 *
 * <p>With {@code -Dlinecast.target=host:port} they are pointed at a server that is already running;
 * tests that need options or a process of their own are then skipped. With {@code
 * -Dlinecast.transport=epoll|nio} everything runs on that transport only. Tests of real feeds read
 * the folder that the environment variable {@code LINECAST_DATA} names.
 */
@NullMarked
package io.linecast.acceptance;

import org.jspecify.annotations.NullMarked;
