package io.linecast.server;

/** Somebody who is connected and may hear lines. */
interface ClientHandler {

  /** How it speaks. */
  Wire wire();
}
