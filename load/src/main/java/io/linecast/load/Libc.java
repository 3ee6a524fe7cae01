package io.linecast.load;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.util.Arrays;

/**
 * The Linux system calls the load generator makes, each bound once. A call returns what the kernel
 * returned, or the negative of {@code errno}.
 *
 * <p>Memory is named by its raw address, so that the calls on the hot path need no segment object
 * of their own. Each thread has its own place for {@code errno}; the calls that set a socket up
 * share memory and are for one thread.
 */
final class Libc {
  static final int EINTR = 4;
  static final int EAGAIN = 11;
  static final int EINPROGRESS = 115;

  private static final int AF_INET = 2;
  private static final int AF_INET6 = 10;
  private static final int SOCK_STREAM = 1;
  private static final int SOCK_NONBLOCK = 0x800;
  private static final int SOCK_CLOEXEC = 0x80000;
  private static final int MSG_TRUNC = 0x20;
  private static final int MSG_DONTWAIT = 0x40;
  private static final int MSG_NOSIGNAL = 0x4000;
  private static final int EPOLL_CLOEXEC = 0x80000;
  private static final int SHUT_WR = 1;
  private static final int SOL_SOCKET = 1;
  private static final int SO_ERROR = 4;
  private static final int SO_LINGER = 13;
  private static final int IPPROTO_IP = 0;
  private static final int IP_BIND_ADDRESS_NO_PORT = 24;
  private static final int IPPROTO_TCP = 6;
  private static final int TCP_NODELAY = 1;

  private static final Linker LINKER = Linker.nativeLinker();
  private static final StructLayout CAPTURE_LAYOUT = Linker.Option.captureStateLayout();
  private static final VarHandle ERRNO =
      CAPTURE_LAYOUT.varHandle(MemoryLayout.PathElement.groupElement("errno"));
  private static final ThreadLocal<MemorySegment> CAPTURED =
      ThreadLocal.withInitial(() -> Arena.global().allocate(CAPTURE_LAYOUT));
  private static final MemorySegment INT_OPTION = Arena.global().allocate(JAVA_INT);
  private static final MemorySegment INT_OPTION_SIZE = Arena.global().allocate(JAVA_INT);

  private static final MemorySegment LINGER_OPTION = Arena.global().allocate(2 * Integer.BYTES, 4);

  private static final MethodHandle ISATTY = bind("isatty", ints(1));
  private static final MethodHandle SOCKET = bind("socket", ints(3));
  private static final MethodHandle BIND = bind("bind", intAddressInt());
  private static final MethodHandle CONNECT = bind("connect", intAddressInt());
  private static final MethodHandle SHUTDOWN = bind("shutdown", ints(2));
  private static final MethodHandle CLOSE = bind("close", ints(1));
  private static final MethodHandle RECV = bind("recv", transfer());
  private static final MethodHandle SEND = bind("send", transfer());
  private static final MethodHandle GETSOCKOPT =
      bind(
          "getsockopt",
          FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, ADDRESS));
  private static final MethodHandle SETSOCKOPT =
      bind(
          "setsockopt",
          FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
  private static final MethodHandle EPOLL_CREATE1 = bind("epoll_create1", ints(1));
  private static final MethodHandle EPOLL_CTL =
      bind("epoll_ctl", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG));
  private static final MethodHandle EPOLL_WAIT =
      bind("epoll_wait", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_INT, JAVA_INT));

  private Libc() {}

  /** A non-blocking TCP socket of the address family that {@code target} has. */
  static int socket(NativeAddress target) {
    try {
      int family = target.isIpv6() ? AF_INET6 : AF_INET;
      int type = SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC;
      return orErrno((int) SOCKET.invokeExact(CAPTURED.get(), family, type, 0));
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /** Gives the socket a source address and leaves its port to be chosen by connect. */
  static int bindSource(int fd, NativeAddress source) {
    try {
      setOption(fd, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, 1);
      return orErrno(
          (int) BIND.invokeExact(CAPTURED.get(), fd, source.segment(), source.sizeBytes()));
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  static int connect(int fd, NativeAddress target) {
    try {
      return orErrno(
          (int) CONNECT.invokeExact(CAPTURED.get(), fd, target.segment(), target.sizeBytes()));
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  static int sendAtOnce(int fd) {
    return setOption(fd, IPPROTO_TCP, TCP_NODELAY, 1);
  }

  /** The error a non-blocking connect ended with, 0 for none. */
  static int connectError(int fd) {
    try {
      INT_OPTION_SIZE.set(JAVA_INT, 0, (int) JAVA_INT.byteSize());
      int result =
          (int)
              GETSOCKOPT.invokeExact(
                  CAPTURED.get(), fd, SOL_SOCKET, SO_ERROR, INT_OPTION, INT_OPTION_SIZE);
      return result < 0 ? orErrno(result) : -INT_OPTION.get(JAVA_INT, 0);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /** Ends the sending side; what the other side sends can still be read. */
  static int shutdownOutput(int fd) {
    try {
      return orErrno((int) SHUTDOWN.invokeExact(CAPTURED.get(), fd, SHUT_WR));
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  static int close(int fd) {
    try {
      return orErrno((int) CLOSE.invokeExact(CAPTURED.get(), fd));
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /** Has the next close reset the connection (SO_LINGER of socket(7), zero seconds). */
  static void resetOnClose(int fd) {
    try {
      LINGER_OPTION.set(JAVA_INT, 0, 1);
      LINGER_OPTION.set(JAVA_INT, JAVA_INT.byteSize(), 0);
      orErrno(
          (int)
              SETSOCKOPT.invokeExact(
                  CAPTURED.get(), fd, SOL_SOCKET, SO_LINGER, LINGER_OPTION, 2 * Integer.BYTES));
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /** Whether a descriptor is a terminal. */
  static boolean isTerminal(int fd) {
    try {
      return (int) ISATTY.invokeExact(CAPTURED.get(), fd) == 1;
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  static long receive(int fd, long address, long sizeBytes) {
    try {
      return orErrno((long) RECV.invokeExact(CAPTURED.get(), fd, address, sizeBytes, MSG_DONTWAIT));
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /**
   * Throws away up to {@code sizeBytes} received bytes and says how many they were. For TCP, {@code
   * MSG_TRUNC} drops them in the kernel: nothing is copied, so there is no buffer either.
   */
  static long discard(int fd, long sizeBytes) {
    try {
      return orErrno(
          (long) RECV.invokeExact(CAPTURED.get(), fd, 0L, sizeBytes, MSG_DONTWAIT | MSG_TRUNC));
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  static long send(int fd, long address, long sizeBytes) {
    try {
      return orErrno(
          (long)
              SEND.invokeExact(
                  CAPTURED.get(), fd, address, sizeBytes, MSG_DONTWAIT | MSG_NOSIGNAL));
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  static int epollCreate() {
    try {
      return orErrno((int) EPOLL_CREATE1.invokeExact(CAPTURED.get(), EPOLL_CLOEXEC));
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  static int epollControl(int epollFd, int operation, int fd, long eventAddress) {
    try {
      return orErrno(
          (int) EPOLL_CTL.invokeExact(CAPTURED.get(), epollFd, operation, fd, eventAddress));
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  static int epollWait(int epollFd, long eventsAddress, int eventsMax, int timeoutMillis) {
    try {
      return orErrno(
          (int)
              EPOLL_WAIT.invokeExact(
                  CAPTURED.get(), epollFd, eventsAddress, eventsMax, timeoutMillis));
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  private static int setOption(int fd, int level, int option, int value) {
    try {
      INT_OPTION.set(JAVA_INT, 0, value);
      return orErrno(
          (int)
              SETSOCKOPT.invokeExact(
                  CAPTURED.get(), fd, level, option, INT_OPTION, (int) JAVA_INT.byteSize()));
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  private static int orErrno(int result) {
    return result >= 0 ? result : -(int) ERRNO.get(CAPTURED.get(), 0L);
  }

  private static long orErrno(long result) {
    return result >= 0 ? result : -(int) ERRNO.get(CAPTURED.get(), 0L);
  }

  /** A bound call declares Throwable and throws nothing; if it does, the binding is wrong. */
  private static AssertionError unexpected(Throwable cause) {
    return new AssertionError("a system call is bound wrongly", cause);
  }

  @SuppressWarnings("restricted") // binding a C function is what this class is for
  private static MethodHandle bind(String name, FunctionDescriptor signature) {
    return LINKER.downcallHandle(
        LINKER.defaultLookup().findOrThrow(name),
        signature,
        Linker.Option.captureCallState("errno"));
  }

  private static FunctionDescriptor ints(int count) {
    MemoryLayout[] arguments = new MemoryLayout[count];
    Arrays.fill(arguments, JAVA_INT);
    return FunctionDescriptor.of(JAVA_INT, arguments);
  }

  private static FunctionDescriptor intAddressInt() {
    return FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
  }

  /** The signature that recv and send have in common. */
  private static FunctionDescriptor transfer() {
    return FunctionDescriptor.of(JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT);
  }
}
