/**
 * Black-box tests of the acknowledged protocol, LINECAST/1: every sentence of its section in {@code
 * docs/protocol.md}. Like the tests of plain lines they can be pointed at a server that is already
 * running, with {@code -Dlinecast.target=host:port}; what needs flags of {@code linecast serve} is
 * skipped then.
 *
 * <p>The test client knows nothing of the program's own code, so that one mistake cannot hide in
 * both.
 */
@NullMarked
package io.linecast.acceptance.ack;

import org.jspecify.annotations.NullMarked;
