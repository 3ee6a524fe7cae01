package io.linecast.server.web;

/** What is done about requests for a path. Called on the connection's loop; returns at once. */
@FunctionalInterface
public interface Route {

  /**
   * Refuses whoever may not have it served. Asked when the head of a request has come, and again
   * when all of it has.
   *
   * @throws ProblemException if it may not
   * @throws io.linecast.core.RefusedException the same
   */
  default void admit(Caller caller) {}

  /**
   * Answers now or later, once, or takes the connection over.
   *
   * @throws ProblemException if the request is not done
   * @throws io.linecast.core.RefusedException the same
   */
  void serve(Exchange exchange);
}
