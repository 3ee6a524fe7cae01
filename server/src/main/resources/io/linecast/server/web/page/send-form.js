// The box to send from. A line is sent with a number of its own, so that a try again makes no second line.

import { count, counted } from './format.js';
import { problemOf } from './problem.js';

/** A `done` may take as long as the slowest listener. */
const PATIENCE_MILLIS = 60_000;
const TRIES = 3;
const TRY_AGAIN_MILLIS = 1000;

/** One page is one publisher; its numbers rise, and leave room for as many lines as a message has. */
export class Publisher {
  constructor(name = `page-${crypto.getRandomValues(new Uint32Array(3)).join('-')}`) {
    this.name = name;
    this.next = 1;
  }

  /** What to post for a text: every line ended, and the numbers that are its own. */
  message(text) {
    const body = text.endsWith('\n') ? text : `${text}\n`;
    const number = this.next;
    this.next += body.split('\n').length - 1;
    return { body, number };
  }
}

export function acknowledgement({ first, last, clients }) {
  const lines = first === last ? `Line ${count(first)}` : `Lines ${count(first)} to ${count(last)}`;
  return `${lines} sent to ${counted(clients, 'client')}.`;
}

/** Owns the form's state: at most one message is under way, and what failed stays in the box. */
export class SendForm {
  #publisher = new Publisher();
  /** The message that may or may not have arrived: tried again, it keeps its number. */
  #unsure = null;
  #sending = false;

  /** @param onUnknown called when the server must know who sends */
  constructor(form, channelUrl, session, onUnknown) {
    this.form = form;
    this.channelUrl = channelUrl;
    this.session = session;
    this.onUnknown = onUnknown;
    this.box = form.elements.text;
    this.answer = form.querySelector('output');
    form.addEventListener('submit', event => {
      event.preventDefault();
      this.#submit();
    });
    this.box.addEventListener('keydown', event => {
      if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      form.requestSubmit();
    });
  }

  async #submit() {
    const text = this.box.value;
    if (this.#sending) return;
    if (text === '') {
      this.#say('bad', 'There is nothing in the box to send.');
      return;
    }
    this.#sending = true;
    this.#say('', 'Sending …');
    try {
      await this.#send(text, this.channelUrl(), this.form.elements.ack.value);
    } finally {
      this.#sending = false;
    }
  }

  async #send(text, url, ack) {
    const target = `${url}?ack=${ack}`;
    const repeated = this.#unsure?.text === text && this.#unsure.url === url;
    const message = repeated ? this.#unsure.message : this.#publisher.message(text);
    this.#unsure = { text, url, message };
    try {
      const answer = await this.#post(target, message);
      if (answer.ok) {
        this.#say('good', acknowledgement(await answer.json()));
        if (this.box.value === text) this.box.value = '';
      } else {
        this.#say('bad', `Not sent. ${(await problemOf(answer)).text}`);
        if (answer.status === 401) this.onUnknown();
      }
      // A refusal is an answer too: nothing was sent, and another try is another message.
      this.#unsure = null;
    } catch {
      this.#say('bad', 'No answer: it is not known whether this was sent. Sending it again makes no second line.');
    }
  }

  async #post(target, { body, number }) {
    const patience = AbortSignal.timeout(PATIENCE_MILLIS);
    for (let tries = 1; ; tries++) {
      try {
        return await fetch(target, {
          method: 'POST',
          body,
          headers: this.session.headers({
            'Content-Type': 'text/plain; charset=utf-8',
            'Linecast-Publisher': this.#publisher.name,
            'Linecast-Number': String(number),
          }),
          signal: patience,
        });
      } catch (failure) {
        if (patience.aborted || tries === TRIES) throw failure;
        this.#say('', `No answer; trying again (${tries} of ${TRIES - 1}) …`);
        await new Promise(resume => setTimeout(resume, TRY_AGAIN_MILLIS * tries));
      }
    }
  }

  #say(kind, words) {
    this.answer.dataset.kind = kind;
    this.answer.textContent = words;
  }
}
