package io.linecast.load;

import java.util.Optional;

/**
 * What a scenario that is no load takes from its beginning on: of this process, of the server where
 * it is of this machine, and of the kernel.
 */
final class Meter {
  private final Optional<LocalProcess> server;
  private final KernelCounters kernelBefore = KernelCounters.read();
  private final long ownCpuBefore = LocalProcess.current().cpuNanos();
  private final long serverCpuBefore;
  private final long beganNanos = System.nanoTime();

  Meter(Optional<LocalProcess> server) {
    this.server = server;
    this.serverCpuBefore = server.map(LocalProcess::cpuNanos).orElse(0L);
  }

  /** All until now. */
  Usage read() {
    return new Usage(
        System.nanoTime() - beganNanos,
        LocalProcess.current().cpuNanos() - ownCpuBefore,
        server.map(LocalProcess::cpuNanos).orElse(0L) - serverCpuBefore,
        server.map(LocalProcess::residentBytes).orElse(0L),
        KernelCounters.read().since(kernelBefore));
  }
}
