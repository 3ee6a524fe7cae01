// The operator's figures and tables. Fixed elements, found by id; only their texts change.

import { bytes, clock, count, counted, duration, millis, rate } from './format.js';
import { inTrouble, journalKind, journalMore, troubles } from './journal.js';
import { limitsReached } from './limits.js';
import { visible } from './text.js';

const WIRES = {
  plain: 'Plain',
  acknowledged: 'Acknowledged',
  websocket: 'WebSocket',
  events: 'Events',
  http: 'HTTP',
};

const percent = (part, whole) => (whole > 0 && part !== null ? ` (${Math.round((100 * part) / whole)} %)` : '');
const wireName = wire => WIRES[wire] ?? visible(String(wire));

/** Column heading, its cell's text, and whether that is a number. */
const CHANNEL_COLUMNS = [
  ['Channel', channel => visible(channel.name)],
  ['Next line', channel => count(channel.next), 'number'],
  ['Oldest kept', channel => count(channel.oldest), 'number'],
  ['Clients', channel => count(channel.clients), 'number'],
  ['Lines/s in', channel => rate(channel.linesPerSecond), 'number'],
  ['Deliveries/s out', channel => rate(channel.deliveriesPerSecond), 'number'],
  ['Latency p99', channel => millis(channel.deliveryLatencyMillis?.p99), 'number'],
  ['Furthest behind', channel => bytes(channel.lagBytesMax), 'number'],
  ['Window', channel => `${bytes(channel.keptBytes)} of ${bytes(channel.windowBytes)}`, 'number'],
  ['Journal', channel => journalKind(channel.journal)],
];

const SLOWEST_COLUMNS = [
  ['Address', client => visible(client.address)],
  ['Wire', client => wireName(client.wire)],
  ['Channel', client => visible(client.channel)],
  ['Lines behind', client => count(client.lagLines), 'number'],
  ['Bytes behind', client => bytes(client.lagBytes), 'number'],
  ['Time behind', client => millis(client.lagMillis), 'number'],
  ['In the kernel', client => bytes(client.sendQueueBytes), 'number'],
];

const CLOSED_COLUMNS = [
  ['At', client => clock(client.at)],
  ['Address', client => visible(client.address)],
  ['Wire', client => wireName(client.wire)],
  ['Reason', client => visible(String(client.reason))],
];

/** Shows a snapshot of `/api/status`, of which the tiles show one channel. */
export class Figures {
  constructor(document) {
    this.byId = id => document.getElementById(id);
    this.channels = new Table(this.byId('channels-table'), CHANNEL_COLUMNS, 'No channel.');
    this.slowest = new Table(this.byId('slowest-table'), SLOWEST_COLUMNS, 'No client is behind.');
    this.closed = new Table(this.byId('closed-table'), CLOSED_COLUMNS, 'None was closed.');
  }

  show(status, channelName) {
    const channel = status.channels.find(({ name }) => name === channelName) ?? {};
    this.#tiles(channel);
    this.#connections(status.connections ?? {});
    this.#say('version', `linecast ${status.version ?? ''}`);
    this.#say('uptime', `up ${duration(status.uptimeSeconds)}`);
    this.#condition(status);
    this.#limits(status.limited);
    this.#troubles(status.channels);
    this.channels.show(status.channels);
    this.slowest.show(status.slowest ?? []);
    this.closed.show([...(status.closed ?? [])].sort((a, b) => Date.parse(b.at) - Date.parse(a.at)));
  }

  #tiles(channel) {
    const latency = channel.deliveryLatencyMillis;
    this.#say('lines-in', rate(channel.linesPerSecond));
    this.#say('deliveries-out', rate(channel.deliveriesPerSecond));
    this.#say('channel-clients', `to ${counted(channel.clients ?? null, 'client')}`);
    this.#say('next-line', `next is line ${count(channel.next)}`);
    this.#say('latency', millis(latency?.p99));
    this.#say('latency-others', latency ? `half within ${millis(latency.p50)}, longest ${millis(latency.max)}` : '');
    this.#say('window', bytes(channel.keptBytes));
    this.#say('window-size', `of ${bytes(channel.windowBytes)}${percent(channel.keptBytes ?? null, channel.windowBytes)}`);
    this.#say('lag', bytes(channel.lagBytesMax));
    this.#say('journal', journalKind(channel.journal));
    this.#say('journal-more', journalMore(channel.journal));
    this.byId('journal').dataset.trouble = String(inTrouble(channel.journal));
  }

  #connections(connections) {
    const numbers = Object.values(connections).filter(value => typeof value === 'number');
    this.#say('connections', count(numbers.length === 0 ? null : numbers.reduce((sum, value) => sum + value, 0)));
    for (const wire of Object.keys(WIRES)) this.#say(`wire-${wire}`, count(connections[wire]));
  }

  #condition({ draining, overloaded }) {
    const words = [draining && 'Stopping: clients are given what they are owed', overloaded && 'Overloaded: senders wait'];
    const said = words.filter(Boolean).join('. ');
    this.#say('condition', said);
    this.byId('condition').hidden = said === '';
  }

  #limits(limited) {
    const said = limitsReached(limited);
    this.#say('limits', said);
    this.byId('limits').hidden = said === '';
  }

  /** One row for each thing that is the matter; one that is said already is left alone. */
  #troubles(channels) {
    const said = troubles(channels);
    const box = this.byId('troubles');
    if (box.childElementCount === said.length && said.every((text, at) => box.children[at].textContent === text)) return;
    box.replaceChildren(...said.map(text => Object.assign(document.createElement('p'), { className: 'trouble', textContent: text })));
  }

  /** An unchanged text is left alone: a screen reader would hear it again. */
  #say(id, text) {
    const target = this.byId(id);
    if (target.textContent !== text) target.textContent = text;
  }
}

/**
 * Rows of text, kept and refilled. On a phone the style shows each as a block, which takes a table's meaning
 * away: so the roles are said, and each cell knows its heading.
 */
class Table {
  constructor(table, columns, none) {
    this.columns = columns;
    this.none = none;
    table.setAttribute('role', 'table');
    const head = made('thead', 'rowgroup');
    const headings = head.appendChild(made('tr', 'row'));
    for (const [title, , kind = ''] of columns) headings.append(cell('th', 'columnheader', title, kind));
    this.body = made('tbody', 'rowgroup');
    table.append(head, this.body);
  }

  show(items) {
    if (items.length === 0) {
      this.#showNone();
      return;
    }
    if (this.body.dataset.none) this.#clear();
    while (this.body.childElementCount > items.length) this.body.lastElementChild.remove();
    while (this.body.childElementCount < items.length) this.body.append(this.#emptyRow());
    items.forEach((item, at) => this.#fill(this.body.children[at], item));
  }

  #emptyRow() {
    const row = made('tr', 'row');
    for (const [title, , kind = ''] of this.columns) row.append(cell('td', 'cell', '', kind, title));
    return row;
  }

  #fill(row, item) {
    this.columns.forEach(([, textOf], at) => {
      const text = textOf(item);
      if (row.children[at].textContent !== text) row.children[at].textContent = text;
    });
  }

  #showNone() {
    if (this.body.dataset.none) return;
    this.#clear();
    this.body.dataset.none = 'yes';
    const row = made('tr', 'row');
    const only = cell('td', 'cell', this.none);
    only.colSpan = this.columns.length;
    row.append(only);
    this.body.append(row);
  }

  #clear() {
    this.body.replaceChildren();
    delete this.body.dataset.none;
  }
}

function made(name, role) {
  const element = document.createElement(name);
  element.setAttribute('role', role);
  return element;
}

function cell(name, role, text, kind = '', heading = '') {
  const element = made(name, role);
  element.textContent = text;
  element.className = kind;
  if (heading !== '') element.dataset.heading = heading;
  return element;
}
