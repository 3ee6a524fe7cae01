package io.linecast.core;

/** Is told how long serving takes, now and then. Called on loops; must be cheap. */
public interface ServingTimes {

  /** Nobody wants to know. */
  ServingTimes NONE =
      new ServingTimes() {
        @Override
        public void delivered(long nanos) {}

        @Override
        public void swept(long nanos) {}
      };

  /** From a line's acceptance until it was handed to a client's socket. */
  void delivered(long nanos);

  /** A sweep's revolution. */
  void swept(long nanos);
}
