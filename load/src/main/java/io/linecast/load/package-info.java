/**
 * The load generator behind {@code linecast bench}: opens thousands of connections to a line
 * server, sends lines by a schedule fixed in advance, and accounts for every byte that comes back.
 *
 * <p>{@code BenchCommand} reads the options; a {@code Scenario} is a set of them. {@code LoadRun}
 * has a {@code Crew} of workers do a run, each on one thread, in this process or in one of its own.
 */
@NullMarked
package io.linecast.load;

import org.jspecify.annotations.NullMarked;
