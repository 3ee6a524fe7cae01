// The server's figures, once a second.

import { Backoff } from './pace.js';
import { refusalOf } from './problem.js';

const STATUS_URL = 'api/status';

/** Reports each snapshot. None is asked for while nobody looks: a hidden page gives its connection back. */
export class StatusStream {
  #source = null;
  /** Which connection this is: an address may come too late for it. */
  #attempt = 0;
  #backoff = new Backoff();
  #retryTimer = 0;

  /** @param onProblem told why there is none */
  constructor(session, onStatus, onProblem) {
    this.session = session;
    this.onStatus = onStatus;
    this.onProblem = onProblem;
    document.addEventListener('visibilitychange', () => (document.hidden ? this.#disconnect() : this.#connect()));
    window.addEventListener('online', () => this.#connect());
    if (!document.hidden) this.#connect();
  }

  /** One snapshot at once, or null if there is none: the page needs the channels before anything else. */
  static async first(patienceMillis, session) {
    try {
      const answer = await fetch(STATUS_URL, {
        headers: session.headers({ Accept: 'application/json' }),
        signal: AbortSignal.timeout(patienceMillis),
      });
      return answer.ok ? await answer.json() : null;
    } catch {
      return null;
    }
  }

  async #connect() {
    this.#disconnect();
    const attempt = this.#attempt;
    const address = await this.session.address(STATUS_URL);
    if (attempt !== this.#attempt) return;
    const source = new EventSource(address);
    this.#source = source;
    source.onmessage = event => {
      this.#backoff.reset();
      this.onStatus(JSON.parse(event.data));
    };
    source.onerror = () => this.#onError(source);
  }

  async #onError(source) {
    if (source !== this.#source) return;
    if (source.readyState === EventSource.CLOSED) {
      const problem = await refusalOf(STATUS_URL, this.session);
      if (source !== this.#source) return;
      this.onProblem(problem);
    } else if (!this.session.signedIn) {
      return; // the browser comes again by itself; with a ticket, it would come with the same
    }
    source.close();
    this.#retryTimer = setTimeout(() => this.#connect(), this.#backoff.next());
  }

  #disconnect() {
    this.#attempt++;
    clearTimeout(this.#retryTimer);
    this.#source?.close();
    this.#source = null;
  }
}
