// The pane of lines: a tail that follows, or, paused, all that is kept, to be read at leisure.

import { count, counted } from './format.js';
import { clip, visible } from './text.js';

/** Rows in the page while it follows. More is kept, and shown when paused. */
const TAIL_ROWS = 300;
/** Where more comes than fits, a new picture this often: faster, nobody could read any of it. */
const FAST_MILLIS = 100;
const CALM_MILLIS = 1000;
const calm = matchMedia('(prefers-reduced-motion: reduce)');

/** Owns the pane's rows. `changed()` whenever the log has changed; it draws at the next animation frame. */
export class LineView {
  #scheduled = false;
  #drawnAt = 0;
  #busy = false;
  #rowsThatFit = 20;
  #lastTop = 0;

  constructor(pane, log, onPause) {
    this.pane = pane;
    this.log = log;
    this.onPause = onPause;
    this.paused = false;
    new ResizeObserver(() => this.#measure()).observe(pane);
    pane.addEventListener('scroll', () => this.#onScroll(), { passive: true });
  }

  changed() {
    if (this.#scheduled || this.paused) return;
    this.#scheduled = true;
    requestAnimationFrame(now => this.#frame(now));
  }

  /** Shows all that is kept, and stays at it. */
  pause() {
    if (this.paused) return;
    this.paused = true;
    const fromBottom = this.pane.scrollHeight - this.pane.scrollTop;
    this.#showKept();
    this.pane.scrollTop = this.pane.scrollHeight - fromBottom;
    this.onPause(true);
  }

  resume() {
    if (!this.paused) return;
    this.paused = false;
    this.#showTail();
    this.onPause(false);
  }

  /** After another filter or channel: everything anew. */
  rebuild() {
    if (this.paused) {
      this.#showKept();
      this.pane.scrollTop = this.pane.scrollHeight;
    } else {
      this.#showTail();
    }
  }

  #frame(now) {
    this.#scheduled = false;
    if (this.paused) return;
    const pauseMillis = calm.matches ? CALM_MILLIS : FAST_MILLIS;
    if (this.#busy && now - this.#drawnAt < pauseMillis) {
      this.changed();
      return;
    }
    this.#drawnAt = now;
    // A burst is shown as far as there are rows; of a flood only what can be seen.
    const { entries, leftOut } = this.log.fresh(this.#busy ? this.#rowsThatFit : TAIL_ROWS);
    this.#busy = leftOut > 0;
    this.#append(entries, leftOut);
    for (let over = this.pane.childElementCount - TAIL_ROWS; over > 0; over--) this.pane.firstElementChild.remove();
    this.#toBottom();
  }

  #showTail() {
    const { entries, leftOut } = this.log.kept(TAIL_ROWS - 1);
    this.pane.replaceChildren();
    this.#append(entries, leftOut);
    this.#toBottom();
  }

  #showKept() {
    const { entries, leftOut } = this.log.kept();
    this.pane.replaceChildren();
    this.#append(entries, leftOut);
  }

  #append(entries, leftOut) {
    const rows = document.createDocumentFragment();
    if (leftOut > 0) rows.append(noteRow('left-out', `${counted(leftOut, 'line')} not shown`));
    for (const entry of entries) rows.append(entry.kind === 'note' ? noteRow('note', entry.text) : this.#lineRow(entry));
    this.pane.append(rows);
  }

  #lineRow({ number, text }) {
    const row = element('div', 'line');
    if (number !== null) row.append(element('span', 'number', count(number)), ' ');
    const { text: beginning, cut } = clip(text);
    const words = element('span', 'text', visible(beginning));
    row.append(words);
    if (cut > 0) row.append(this.paused ? expander(words, text, cut) : element('span', 'cut', cutWords(cut)));
    return row;
  }

  #toBottom() {
    this.pane.scrollTop = this.pane.scrollHeight;
    this.#lastTop = this.pane.scrollTop;
  }

  /** Who scrolls up wants to read: the lines stop running away. */
  #onScroll() {
    if (!this.paused && this.pane.scrollTop < this.#lastTop - 8) this.pause();
  }

  #measure() {
    const lineHeight = parseFloat(getComputedStyle(this.pane).lineHeight) || 20;
    // One row is left for the word of those that are not shown.
    this.#rowsThatFit = Math.max(4, Math.floor(this.pane.clientHeight / lineHeight) - 1);
    if (!this.paused) this.#toBottom();
  }
}

function element(name, className, text = '') {
  const made = document.createElement(name);
  made.className = className;
  made.textContent = text;
  return made;
}

function noteRow(className, text) {
  return element('div', className, text);
}

function cutWords(cut) {
  return ` … ${counted(cut, 'more character')}`;
}

function expander(words, text, cut) {
  const button = element('button', 'cut', `Show ${counted(cut, 'more character')}`);
  button.type = 'button';
  button.addEventListener('click', () => {
    words.textContent = visible(text);
    button.remove();
  });
  return button;
}
