// The lines that are kept, and which of them there is time and room to show. Knows nothing of the page.

/** The last entries, bounded in number and in characters. The newest is always kept. */
export class Ring {
  constructor(maxEntries, maxChars) {
    this.maxEntries = maxEntries;
    this.maxChars = maxChars;
    this.clear();
  }

  clear() {
    this.entries = [];
    this.first = 0;
    this.chars = 0;
    /** How many entries ever came; it only grows between two `clear()`s. */
    this.arrived = 0;
  }

  get length() {
    return this.entries.length - this.first;
  }

  add(entry) {
    this.entries.push(entry);
    this.chars += entry.text.length;
    this.arrived++;
    while (this.length > 1 && (this.length > this.maxEntries || this.chars > this.maxChars)) this.#forget();
    // Cut off the forgotten once they are half: a shift per line would move all the others each time.
    if (this.first > this.maxEntries) {
      this.entries = this.entries.slice(this.first);
      this.first = 0;
    }
  }

  last(many) {
    return this.entries.slice(Math.max(this.first, this.entries.length - many));
  }

  #forget() {
    this.chars -= this.entries[this.first].text.length;
    this.entries[this.first++] = undefined;
  }
}

/**
 * All that came, of which a reader sees what passes the filter. Matches have a ring of their own: on a
 * fast channel a rare one would be pushed out within a second by lines that nobody asked for.
 */
export class LineLog {
  constructor(maxEntries = 2000, maxChars = 4_000_000) {
    this.all = new Ring(maxEntries, maxChars);
    this.matching = new Ring(maxEntries, maxChars);
    this.filter = '';
    this.clear();
  }

  clear() {
    this.all.clear();
    this.matching.clear();
    this.received = 0;
    this.missed = 0;
    this.notShown = 0;
    this.seen = 0;
  }

  /** The entries that a reader may see. */
  get ring() {
    return this.filter === '' ? this.all : this.matching;
  }

  /** How many entries have come that no `fresh()` has told of. */
  get waiting() {
    return this.ring.arrived - this.seen;
  }

  line(number, text) {
    this.received++;
    this.#add({ kind: 'line', number, text });
  }

  /** A word of the page's own among the lines, such as a gap of so many lines. It passes every filter. */
  note(text, missed = 0) {
    this.missed += missed;
    this.#add({ kind: 'note', number: null, text });
  }

  setFilter(text) {
    this.filter = text.trim().toLowerCase();
    this.matching.clear();
    if (this.filter !== '') this.all.last(Infinity).filter(entry => this.#passes(entry)).forEach(entry => this.matching.add(entry));
    this.seen = this.ring.arrived;
  }

  /** The newest `many` of what came since the last call, and the number of those before them, left out for good. */
  fresh(many) {
    const entries = this.ring.last(Math.min(many, this.waiting));
    const leftOut = this.waiting - entries.length;
    this.notShown += leftOut;
    this.seen = this.ring.arrived;
    return { entries, leftOut };
  }

  /** Everything kept; it counts as told of. */
  kept(many = Infinity) {
    const entries = this.ring.last(many);
    const unseen = Math.max(0, this.waiting - entries.length);
    this.notShown += unseen;
    this.seen = this.ring.arrived;
    return { entries, leftOut: unseen };
  }

  #add(entry) {
    this.all.add(entry);
    if (this.filter !== '' && this.#passes(entry)) this.matching.add(entry);
  }

  #passes(entry) {
    return entry.kind === 'note' || entry.text.toLowerCase().includes(this.filter);
  }
}
