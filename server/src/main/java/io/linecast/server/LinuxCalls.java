package io.linecast.server;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/**
 * The system calls that Netty does not make for us, through the Foreign Function API. One thread's
 * own: the memory for errno and for writev's stretches is reused from call to call.
 *
 * <p>A write is first called in the cheapest way there is, without a thread state transition and
 * without errno, which would allocate. Neither blocks. Only if it fails it is called once more so
 * that errno can be read, and what that second call answers is what counts.
 */
final class LinuxCalls {

  private static final int EINTR = 4;
  private static final int EAGAIN = 11;
  private static final int ENOMEM = 12;
  private static final int ENOBUFS = 105;
  private static final int MSG_DONTWAIT = 0x40;
  private static final int MSG_NOSIGNAL = 0x4000;
  private static final int IPPROTO_TCP = 6;
  private static final int TCP_CONGESTION = 13;

  private static final Linker.Option WITH_ERRNO = Linker.Option.captureCallState("errno");
  private static final VarHandle ERRNO =
      Linker.Option.captureStateLayout().varHandle(MemoryLayout.PathElement.groupElement("errno"));
  private static final Linker.Option SHORT = Linker.Option.critical(false);
  private static final FunctionDescriptor SEND_TYPE =
      FunctionDescriptor.of(
          ValueLayout.JAVA_LONG,
          ValueLayout.JAVA_INT,
          ValueLayout.JAVA_LONG,
          ValueLayout.JAVA_LONG,
          ValueLayout.JAVA_INT);
  private static final FunctionDescriptor WRITEV_TYPE =
      FunctionDescriptor.of(
          ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT);
  private static final MethodHandle SEND = bind("send", SEND_TYPE, SHORT);
  private static final MethodHandle SEND_ERRNO = bind("send", SEND_TYPE, WITH_ERRNO);
  private static final MethodHandle WRITEV = bind("writev", WRITEV_TYPE, SHORT);
  private static final MethodHandle WRITEV_ERRNO = bind("writev", WRITEV_TYPE, WITH_ERRNO);

  private static final MethodHandle SETSOCKOPT =
      bind(
          "setsockopt",
          FunctionDescriptor.of(
              ValueLayout.JAVA_INT,
              ValueLayout.JAVA_INT,
              ValueLayout.JAVA_INT,
              ValueLayout.JAVA_INT,
              ValueLayout.ADDRESS,
              ValueLayout.JAVA_INT),
          WITH_ERRNO);

  private static final long SIOCOUTQ = 0x5411;

  /** Looked up when somebody asks: a server's start does not wait for it. */
  private static final class Ioctl {
    private static final MethodHandle HANDLE =
        bind(
            "ioctl",
            FunctionDescriptor.of(
                ValueLayout.JAVA_INT,
                ValueLayout.JAVA_INT,
                ValueLayout.JAVA_LONG,
                ValueLayout.ADDRESS),
            Linker.Option.firstVariadicArg(2));
  }

  /** As long-lived as the loop; freed when nobody refers to it. */
  private final Arena arena = Arena.ofAuto();

  private final MemorySegment callState = arena.allocate(Linker.Option.captureStateLayout());

  /** Two struct iovec: where each stretch begins, and how long it is. */
  private final MemorySegment stretches = arena.allocate(ValueLayout.JAVA_LONG, 4);

  /** send(2), never blocking, without SIGPIPE: bytes taken, or -1. */
  long send(int socket, long address, long length) {
    int flags = MSG_DONTWAIT | MSG_NOSIGNAL;
    try {
      long taken = (long) SEND.invokeExact(socket, address, length, flags);
      return taken >= 0
          ? taken
          : (long) SEND_ERRNO.invokeExact(callState, socket, address, length, flags);
    } catch (Throwable impossible) {
      throw new LinkageError("send", impossible);
    }
  }

  /** writev(2) of two stretches of memory to a non-blocking socket: bytes taken, or -1. */
  long writev(int socket, long address, long length, long nextAddress, long nextLength) {
    stretches.setAtIndex(ValueLayout.JAVA_LONG, 0, address);
    stretches.setAtIndex(ValueLayout.JAVA_LONG, 1, length);
    stretches.setAtIndex(ValueLayout.JAVA_LONG, 2, nextAddress);
    stretches.setAtIndex(ValueLayout.JAVA_LONG, 3, nextLength);
    long vector = stretches.address();
    try {
      long taken = (long) WRITEV.invokeExact(socket, vector, 2);
      return taken >= 0 ? taken : (long) WRITEV_ERRNO.invokeExact(callState, socket, vector, 2);
    } catch (Throwable impossible) {
      throw new LinkageError("writev", impossible);
    }
  }

  /**
   * Chooses how a socket avoids congestion (TCP_CONGESTION of tcp(7)); those it accepts inherit it.
   *
   * @return false if the system does not have the algorithm, or not for this process
   */
  boolean setCongestionControl(int socket, String algorithm) {
    MemorySegment name = arena.allocateFrom(algorithm);
    try {
      return (int)
              SETSOCKOPT.invokeExact(
                  callState, socket, IPPROTO_TCP, TCP_CONGESTION, name, algorithm.length())
          == 0;
    } catch (Throwable impossible) {
      throw new LinkageError("setsockopt", impossible);
    }
  }

  /** What a socket was given and its peer has not acknowledged (tcp(7)), in bytes; -1: unknown. */
  int sendQueueBytes(int socket) {
    try {
      int result = (int) Ioctl.HANDLE.invokeExact(socket, SIOCOUTQ, stretches);
      return result == 0 ? stretches.get(ValueLayout.JAVA_INT, 0) : -1;
    } catch (Throwable impossible) {
      throw new LinkageError("ioctl", impossible);
    }
  }

  /** Whether the last call failed for want of room or memory, and not because the peer is gone. */
  boolean lastErrorIsTemporary() {
    int errno = (int) ERRNO.get(callState, 0L);
    return errno == EAGAIN || errno == EINTR || errno == ENOBUFS || errno == ENOMEM;
  }

  @SuppressWarnings("restricted")
  private static MethodHandle bind(String name, FunctionDescriptor type, Linker.Option option) {
    Linker linker = Linker.nativeLinker();
    return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), type, option);
  }
}
