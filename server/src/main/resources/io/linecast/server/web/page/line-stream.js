// The lines of one channel as server-sent events, over as many connections as it takes.

import { Backoff } from './pace.js';
import { Position, parseId } from './position.js';
import { refusalOf } from './problem.js';

/** How many earlier lines a newcomer is shown, and one that was away. */
const BACKLOG = 200;
/** A page in the background gives its connection back: a browser has six for a server, over all its pages. */
const REST_AFTER_MILLIS = 60_000;

/**
 * Reports to `listener`: `line(number, text)`, `gap(first, last, reason, lines)`, `renumbered(first)`,
 * `unknown()` when the server must know who asks, and `state(name, detail)` with the names of STATES. The browser reconnects by itself after a cut; after a
 * refusal it gives up, and this class goes on where the last line was.
 */
export class LineStream {
  static STATES = ['connecting', 'live', 'reconnecting', 'refused', 'resting'];

  #source = null;
  /** Which connection this is: an address may come too late for it. */
  #attempt = 0;
  #channel = null;
  #position = new Position();
  #backoff = new Backoff();
  #retryTimer = 0;
  #restTimer = 0;
  #resting = false;
  /** Why lines may be missing that no gap tells of. */
  #unsaid = 'unsaid';

  constructor(listener, session) {
    this.listener = listener;
    this.session = session;
    document.addEventListener('visibilitychange', () => this.#onVisibility());
    window.addEventListener('online', () => this.reconnect());
    // A page that was left is kept for a while, to be come back to, and its connections with it.
    window.addEventListener('pagehide', () => this.#rest());
  }

  /** Another channel, or the server's first one if null; what was heard before is another channel's. */
  open(channel) {
    this.#channel = channel;
    this.#position = new Position();
    this.reconnect();
  }

  /** Now, whatever wait was planned. */
  reconnect() {
    this.#backoff.reset();
    this.#resting = false;
    this.listener.state('connecting', '');
    this.#connect(this.#position.query(BACKLOG));
  }

  async #connect(query) {
    this.#disconnect();
    const attempt = this.#attempt;
    const url = `${linesUrl(this.#channel)}?${query}`;
    const address = await this.session.address(url);
    if (attempt !== this.#attempt) return;
    const source = new EventSource(address);
    this.#source = source;
    source.onopen = () => {
      this.#backoff.reset();
      this.listener.state('live', '');
    };
    source.onmessage = event => this.#onLine(event);
    source.addEventListener('gap', event => this.#onGap(event));
    source.onerror = () => this.#onError(source, url);
  }

  #disconnect() {
    this.#attempt++;
    clearTimeout(this.#retryTimer);
    this.#source?.close();
    this.#source = null;
  }

  #onLine(event) {
    const id = parseId(event.lastEventId);
    if (id === null) {
      this.listener.line(null, event.data);
      return;
    }
    const before = this.#position.number;
    const { again, missed, renumbered } = this.#position.take(id);
    if (again) return;
    if (renumbered) this.listener.renumbered(before + 1);
    if (missed > 0) this.listener.gap(before + 1, before + missed, this.#unsaid, missed);
    this.#unsaid = 'unsaid';
    this.listener.line(id.number, event.data);
  }

  #onGap(event) {
    const { first, last, reason } = JSON.parse(event.data);
    if (reason === 'epoch') {
      // What the earlier numbering had from `first` on: nobody knows how many lines that was.
      this.#position = new Position();
      this.listener.renumbered(first);
      return;
    }
    const lines = this.#position.passOver(first, last);
    // `void`: there never were any; nothing is missed.
    if (lines > 0 && reason !== 'void') this.listener.gap(first, last, reason, lines);
  }

  async #onError(source, url) {
    if (source !== this.#source) return;
    if (source.readyState === EventSource.CONNECTING) {
      this.listener.state('reconnecting', '');
      // The browser would come with the same ticket again.
      if (this.session.signedIn) this.#connectAfter(this.#backoff.next());
      return;
    }
    const problem = await refusalOf(url, this.session);
    if (source !== this.#source) return;
    if (problem.status === 401) this.listener.unknown();
    const waitMillis = this.#backoff.next();
    this.listener.state('refused', `${problem.text} Next try in ${Math.ceil(waitMillis / 1000)} s.`);
    this.#connectAfter(waitMillis);
  }

  #connectAfter(waitMillis) {
    this.#source?.close();
    this.#retryTimer = setTimeout(() => this.#connect(this.#position.query(BACKLOG)), waitMillis);
  }

  #onVisibility() {
    clearTimeout(this.#restTimer);
    if (document.hidden) {
      this.#restTimer = setTimeout(() => this.#rest(), REST_AFTER_MILLIS);
    } else if (this.#resting) {
      this.#resting = false;
      this.listener.state('connecting', '');
      // The last lines only: all that came meanwhile may be millions. The jump in the numbers is reported.
      this.#unsaid = 'rest';
      this.#connect(`from=-${BACKLOG}`);
    }
  }

  #rest() {
    if (this.#resting || this.#attempt === 0) return;
    this.#disconnect();
    this.#resting = true;
    this.listener.state('resting', '');
  }
}

/** Relative, so that the page works behind a proxy under any path. */
export function linesUrl(channel) {
  return channel === null ? 'lines' : `channels/${encodeURIComponent(channel)}/lines`;
}
