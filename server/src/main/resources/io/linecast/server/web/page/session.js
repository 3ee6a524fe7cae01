// Who reads the page: a token, kept for this tab alone. It goes out in headers and never in an address, which proxies
// and servers write down; where the browser sends no headers of ours (an EventSource), a ticket that is good once does.

const KEY = 'linecast-token';
const TICKET_URL = 'api/ticket';

export class Session {
  #token;

  /** @param store keeps a token for as long as the tab is open; a browser may refuse to */
  constructor(store = sessionStoreOrNone(), get = (...request) => fetch(...request)) {
    this.store = store;
    this.get = get;
    this.#token = store.getItem(KEY) ?? '';
  }

  get signedIn() {
    return this.#token !== '';
  }

  /** Takes a token if the server does; else says why not. */
  async signIn(token) {
    const answer = await this.#askForTicket(token.trim()).catch(() => null);
    if (answer?.ok) {
      this.#token = token.trim();
      this.store.setItem(KEY, this.#token);
      return '';
    }
    if (answer === null) return 'The server does not answer, or that is no token.';
    return answer.status === 401 ? 'The server does not know this token.' : 'The server takes no token.';
  }

  signOut() {
    this.#token = '';
    this.store.removeItem(KEY);
  }

  /** Headers of a request, and the token if there is one. */
  headers(others) {
    return this.signedIn ? { ...others, Authorization: `Bearer ${this.#token}` } : others;
  }

  /** An address that can be opened without a header of ours, once and soon. */
  async address(url) {
    if (!this.signedIn) return url;
    const answer = await this.#askForTicket(this.#token).catch(() => null);
    // Without a ticket it is refused, and whoever opens it asks why.
    return answer?.ok ? withTicket(url, (await answer.json()).ticket) : url;
  }

  #askForTicket(token) {
    return this.get(TICKET_URL, { method: 'POST', headers: { Authorization: `Bearer ${token}` } });
  }
}

export function withTicket(url, ticket) {
  return `${url}${url.includes('?') ? '&' : '?'}ticket=${encodeURIComponent(ticket)}`;
}

function sessionStoreOrNone() {
  try {
    return window.sessionStorage;
  } catch {
    return { getItem: () => null, setItem() {}, removeItem() {} };
  }
}
