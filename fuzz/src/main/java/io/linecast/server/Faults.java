package io.linecast.server;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxy;
import ch.qos.logback.core.AppenderBase;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * What a server logs as a fault of its own, and Netty as one of its handlers'. A client's mistakes
 * must lead to none.
 */
final class Faults extends AppenderBase<ILoggingEvent> {

  private static final String NETTY = "io.netty";

  private final AtomicReference<@Nullable Throwable> first = new AtomicReference<>();

  private Faults() {}

  /** Listens to the log from now on, in the place of whoever else does. */
  static Faults watch() {
    Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    Faults faults = new Faults();
    faults.setContext(root.getLoggerContext());
    faults.start();
    root.detachAndStopAllAppenders();
    root.setLevel(Level.WARN);
    root.addAppender(faults);
    return faults;
  }

  @Override
  protected void append(ILoggingEvent event) {
    boolean fault =
        event.getLevel().isGreaterOrEqual(Level.ERROR) || event.getLoggerName().startsWith(NETTY);
    if (fault) {
      Throwable cause =
          event.getThrowableProxy() instanceof ThrowableProxy proxy ? proxy.getThrowable() : null;
      first.compareAndSet(null, new AssertionError(event.getFormattedMessage(), cause));
    }
  }

  /** Fails if there was one since the last call. */
  void requireNone() {
    Throwable fault = first.getAndSet(null);
    if (fault != null) {
      throw new AssertionError(fault.getMessage(), fault.getCause());
    }
  }
}
