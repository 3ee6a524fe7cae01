// Where a listener is in a channel: the epoch and number of the last line it has had.

/** An event's id is `<epoch>-<number>`; null if it is anything else. */
export function parseId(id) {
  const dash = id.lastIndexOf('-');
  const number = dash < 1 ? '' : id.slice(dash + 1);
  return /^[0-9]{1,19}$/.test(number) ? { epoch: id.slice(0, dash), number: Number(number) } : null;
}

/** What follows from a line's id: it is the next, one heard before, the first after a jump, or of a new numbering. */
export class Position {
  constructor() {
    this.epoch = null;
    this.number = 0;
  }

  get isKnown() {
    return this.epoch !== null;
  }

  /**
   * Moves on to the line. `again`: it was heard before, and the position stays. `missed`: how many before it
   * never came. `renumbered`: the server counts anew.
   */
  take({ epoch, number }) {
    if (this.epoch !== epoch) {
      const renumbered = this.isKnown;
      this.epoch = epoch;
      this.number = number;
      return { again: false, missed: 0, renumbered };
    }
    if (number <= this.number) return { again: true, missed: 0, renumbered: false };
    const missed = number - this.number - 1;
    this.number = number;
    return { again: false, missed, renumbered: false };
  }

  /**
   * The server has said that lines up to this one will not come. Tells how many of them were still to come: the
   * same gap is told again to a listener that resumes from before it.
   */
  passOver(first, last) {
    const unheard = Math.max(0, last - Math.max(first, this.number + 1) + 1);
    this.number = Math.max(this.number, last);
    return unheard;
  }

  /** The query that goes on after this position; a listener that has heard nothing gets the last lines. */
  query(backlog) {
    return this.isKnown
      ? `from=${this.number + 1}&epoch=${encodeURIComponent(this.epoch)}`
      : `from=-${backlog}`;
  }
}
