// How often: tries again, lines a second, words to a screen reader. Time comes in as milliseconds.

/** Waits between tries: doubled each time, up to a bound, and spread so that clients do not come back all at once. */
export class Backoff {
  constructor(firstMillis = 1000, longestMillis = 30_000, random = Math.random) {
    this.firstMillis = firstMillis;
    this.longestMillis = longestMillis;
    this.random = random;
    this.tries = 0;
  }

  next() {
    const full = Math.min(this.longestMillis, this.firstMillis * 2 ** this.tries++);
    return Math.round(full * (0.5 + this.random() / 2));
  }

  reset() {
    this.tries = 0;
  }
}

/** Events a second, over the last whole window. */
export class RateMeter {
  constructor(windowMillis = 2000) {
    this.windowMillis = windowMillis;
    this.marks = [];
  }

  /** The total so far; tells the rate. */
  at(nowMillis, total) {
    if (this.marks.length > 0 && total < this.marks.at(-1).total) this.marks = [];
    this.marks.push({ nowMillis, total });
    while (this.marks.length > 2 && this.marks[1].nowMillis <= nowMillis - this.windowMillis) this.marks.shift();
    const from = this.marks[0];
    return nowMillis > from.nowMillis ? ((total - from.total) * 1000) / (nowMillis - from.nowMillis) : 0;
  }
}

/**
 * What a screen reader is told of new lines: a few are read out, more are only counted, and never more often
 * than a listener can follow. After many, longer silence.
 */
export class Announcer {
  constructor({ fewLines = 3, afterFewMillis = 4000, afterManyMillis = 20_000, chars = 200 } = {}) {
    this.fewLines = fewLines;
    this.afterFewMillis = afterFewMillis;
    this.afterManyMillis = afterManyMillis;
    this.chars = chars;
    this.quietUntil = 0;
    this.clear();
  }

  clear() {
    this.waiting = 0;
    this.texts = [];
  }

  line(text) {
    this.waiting++;
    if (this.waiting <= this.fewLines) this.texts.push(text.slice(0, this.chars));
  }

  /** What to say now, or null. */
  at(nowMillis) {
    if (this.waiting === 0 || nowMillis < this.quietUntil) return null;
    const few = this.waiting <= this.fewLines;
    const words = few ? this.texts.join('\n') : `${this.waiting.toLocaleString('en')} new lines`;
    this.quietUntil = nowMillis + (few ? this.afterFewMillis : this.afterManyMillis);
    this.clear();
    return words;
  }
}
