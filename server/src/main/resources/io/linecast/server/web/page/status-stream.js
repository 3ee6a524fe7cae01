// The server's figures, once a second.

import { Backoff } from './pace.js';

const STATUS_URL = 'api/status';

/** Reports each snapshot. None is asked for while nobody looks: a hidden page gives its connection back. */
export class StatusStream {
  #source = null;
  #backoff = new Backoff();
  #retryTimer = 0;

  constructor(onStatus) {
    this.onStatus = onStatus;
    document.addEventListener('visibilitychange', () => (document.hidden ? this.#disconnect() : this.#connect()));
    window.addEventListener('online', () => this.#connect());
    if (!document.hidden) this.#connect();
  }

  /** One snapshot at once, or null if there is none: the page needs the channels before anything else. */
  static async first(patienceMillis) {
    try {
      const answer = await fetch(STATUS_URL, {
        headers: { Accept: 'application/json' },
        signal: AbortSignal.timeout(patienceMillis),
      });
      return answer.ok ? await answer.json() : null;
    } catch {
      return null;
    }
  }

  #connect() {
    this.#disconnect();
    const source = new EventSource(STATUS_URL);
    this.#source = source;
    source.onmessage = event => {
      this.#backoff.reset();
      this.onStatus(JSON.parse(event.data));
    };
    source.onerror = () => {
      if (source !== this.#source || source.readyState !== EventSource.CLOSED) return;
      this.#retryTimer = setTimeout(() => this.#connect(), this.#backoff.next());
    };
  }

  #disconnect() {
    clearTimeout(this.#retryTimer);
    this.#source?.close();
    this.#source = null;
  }
}
