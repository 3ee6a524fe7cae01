// The page put together: which channel, its lines, the box, the figures.

import { Figures } from './figures.js';
import { count, counted, rate } from './format.js';
import { History } from './history.js';
import { LineLog } from './line-log.js';
import { LineStream, linesUrl } from './line-stream.js';
import { LineView } from './line-view.js';
import { Announcer, RateMeter } from './pace.js';
import { SendForm } from './send-form.js';
import { Session } from './session.js';
import { SignIn } from './sign-in.js';
import { StatusStream } from './status-stream.js';
import { visible } from './text.js';

const SUMMARY_MILLIS = 500;
/** Figures older than this are said to be old. */
const STALE_MILLIS = 5000;
const FIRST_STATUS_MILLIS = 2000;
/** Earlier lines come within this time, and are not read out. */
const BACKLOG_MILLIS = 1000;

const STATES = {
  connecting: 'Connecting …',
  live: 'Live',
  reconnecting: 'Connection lost, reconnecting …',
  refused: 'Not connected.',
  resting: 'Resting while the page is in the background',
};

const GAPS = {
  slow: 'this page was too slow for them',
  expired: 'they are no longer kept',
  unsaid: 'the server did not say why',
  rest: 'they came while this page was in the background',
};

const byId = id => document.getElementById(id);

class Page {
  #channel = null;
  #status = null;
  #statusAt = 0;
  #charts = null;
  /** When this channel first came; what comes at once is old. */
  #liveAt = null;

  constructor() {
    this.log = new LineLog();
    this.rate = new RateMeter();
    this.announcer = new Announcer();
    this.history = new History();
    this.figures = new Figures(document);
    this.view = new LineView(byId('lines'), this.log, paused => this.#showPaused(paused));
    this.session = new Session();
    this.signIn = new SignIn(byId('sign-in'), byId('sign-out'), this.session, () => location.reload());
    this.stream = new LineStream(this, this.session);
    this.form = new SendForm(byId('send'), () => linesUrl(this.#channel), this.session, () => this.signIn.ask());
    this.#wire();
  }

  async start() {
    this.#loadCharts();
    const first = await StatusStream.first(FIRST_STATUS_MILLIS, this.session);
    const wanted = new URLSearchParams(location.search).get('channel');
    this.#choose(wanted ?? first?.channels[0]?.name ?? null);
    if (first !== null) this.#onStatus(first);
    new StatusStream(this.session, status => this.#onStatus(status), problem => this.#onNoStatus(problem));
    setInterval(() => this.#summarize(), SUMMARY_MILLIS);
  }

  // What the stream reports.

  line(number, text) {
    this.log.line(number, text);
    this.announcer.line(visible(text));
    this.view.changed();
  }

  gap(first, last, reason, lines) {
    const which = first === last ? `Line ${count(first)}` : `Lines ${count(first)} to ${count(last)}`;
    this.log.note(`${which} will not come: ${GAPS[reason] ?? visible(String(reason))}`, lines);
    this.view.changed();
  }

  renumbered(first) {
    this.log.note(`The server counts its lines anew; whatever it had from line ${count(first)} on will not come`);
    this.view.changed();
  }

  /** The server must know who asks. */
  unknown() {
    this.signIn.ask();
  }

  state(name, detail) {
    if (name === 'live') this.#liveAt ??= performance.now();
    const state = byId('state');
    state.dataset.state = name;
    byId('state-text').textContent = `${STATES[name]} ${detail}`.trim();
    byId('reconnect').hidden = name !== 'refused' && name !== 'reconnecting';
  }

  // What the reader does.

  #wire() {
    byId('pause').addEventListener('click', () => (this.view.paused ? this.view.resume() : this.view.pause()));
    byId('clear').addEventListener('click', () => this.#clear());
    byId('reconnect').addEventListener('click', () => this.stream.reconnect());
    byId('filter').addEventListener('input', event => {
      this.log.setFilter(event.target.value);
      this.view.rebuild();
      this.#summarize();
    });
    byId('channel').addEventListener('change', event => {
      const url = new URL(location.href);
      url.searchParams.set('channel', event.target.value);
      history.replaceState(null, '', url);
      this.#choose(event.target.value);
    });
    byId('announce').addEventListener('change', () => this.announcer.clear());
  }

  #choose(channel) {
    this.#channel = channel;
    this.#clear();
    this.#liveAt = null;
    this.#showChannels(this.#status?.channels ?? []);
    this.stream.open(channel);
    if (this.#status !== null) this.#showStatus();
  }

  #clear() {
    this.log.clear();
    this.announcer.clear();
    this.view.rebuild();
    this.#summarize();
  }

  #showPaused(paused) {
    const button = byId('pause');
    button.setAttribute('aria-pressed', String(paused));
    byId('lines-section').dataset.paused = String(paused);
    this.#summarize();
  }

  // What the page says of itself, twice a second at most.

  #summarize() {
    const now = performance.now();
    const { received, notShown, missed, filter, ring } = this.log;
    const perSecond = this.rate.at(now, received);
    byId('rate').textContent = `${rate(Math.round(perSecond))} lines/s`;
    byId('received').textContent = `${count(received)} received`;
    byId('not-shown').textContent = `${count(notShown)} left out of view`;
    byId('missed').textContent = `${count(missed)} missed`;
    byId('missed').dataset.some = String(missed > 0);
    byId('matches').textContent = filter === '' ? '' : `${counted(ring.length, 'row')} kept that match`;
    byId('waiting').textContent = this.view.paused ? `Paused. ${counted(this.log.waiting, 'newer line')}.` : '';
    this.#announce(now);
    byId('stale').hidden = this.#status === null || document.hidden || now - this.#statusAt < STALE_MILLIS;
  }

  #announce(now) {
    const isOld = this.#liveAt === null || now - this.#liveAt < BACKLOG_MILLIS;
    if (isOld || !byId('announce').checked) {
      this.announcer.clear();
      return;
    }
    const words = this.announcer.at(now);
    if (words !== null) byId('announcement').textContent = words;
  }

  // What the server says of itself.

  #onNoStatus(problem) {
    const refused = problem.status === 401 || problem.status === 403;
    byId('no-figures').hidden = !refused;
    byId('no-figures').textContent = refused ? `No figures for you. ${problem.text}` : '';
    if (problem.status === 401) this.signIn.ask();
  }

  #onStatus(status) {
    byId('no-figures').hidden = true;
    this.#status = status;
    this.#statusAt = performance.now();
    this.history.add(Date.now() / 1000, status.channels);
    this.#showChannels(status.channels);
    this.#showStatus();
  }

  #showStatus() {
    // A page that came before any figures listens to the first channel without knowing its name.
    const shown = this.#channel ?? this.#status.channels[0]?.name ?? null;
    this.figures.show(this.#status, shown);
    this.#charts?.show(shown);
  }

  #showChannels(channels) {
    const select = byId('channel');
    const names = channels.map(({ name }) => name);
    if (this.#channel !== null && !names.includes(this.#channel)) names.unshift(this.#channel);
    const shown = [...select.options].map(option => option.value);
    if (names.length !== shown.length || names.some((name, at) => name !== shown[at])) {
      select.replaceChildren(...names.map(name => new Option(visible(name), name)));
    }
    const chosen = this.#channel ?? names[0] ?? '';
    if (select.value !== chosen) select.value = chosen;
  }

  /** The page is whole without its charts; only they need a library. */
  async #loadCharts() {
    try {
      const { Charts } = await import('./charts.js');
      this.#charts = new Charts(this.history);
      if (this.#status !== null) this.#showStatus();
    } catch (failure) {
      console.error(failure);
      byId('charts-missing').hidden = false;
    }
  }
}

new Page().start();
