package io.linecast.server.web;

/** What is done about requests for a path. Called on the connection's loop; returns at once. */
@FunctionalInterface
public interface Route {

  /**
   * Answers now or later, once, or takes the connection over.
   *
   * @throws ProblemException if the request is not done
   * @throws io.linecast.core.RefusedException the same
   */
  void serve(Exchange exchange);
}
