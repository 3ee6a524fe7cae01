// What publish.mjs and listen.mjs share: the hello and its answer, lines, and a new connection when one breaks.
//
// Lines are bytes. Here they are held in strings all the same, read and written as latin1: one character for one
// byte, whichever, so that they come out as they came in.

import { randomBytes } from 'node:crypto';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

const ATTEMPTS = 10; // to connect again, in a row
const PASSING = ['idle', 'overload', 'shutting-down']; // reasons for an end that another attempt may not meet

/** A connection is no more; another may be made. */
class Broken extends Error {}

/**
 * Runs talk(session) to its end, over a new connection whenever one breaks. hello() gives the parameters for the
 * next connection's hello.
 */
export async function keepConnected(host, port, hello, talk) {
  for (let failures = 0, met = false; ; failures++) {
    const session = new Session(connect(port, host), hello());
    try {
      await session.greet();
      failures = 0;
      met = true;
      return await talk(session);
    } catch (problem) {
      if (!(problem instanceof Broken || problem.code)) throw problem; // a fault of this program's
      const text = problem.message || problem.code;
      // What never worked is more likely a mistake than an outage.
      if (!met || failures === ATTEMPTS) quit(`cannot talk to ${host}:${port}: ${text}`);
      console.error(`connecting again: ${text}`);
    } finally {
      session.socket.destroy();
    }
    await sleep(Math.min(5000, 100 * 2 ** failures));
  }
}

export function quit(text) {
  console.error(text);
  process.exit(1);
}

/** One connection. */
class Session {
  constructor(socket, parameters) {
    this.socket = socket;
    this.nonce = randomBytes(8).toString('hex');
    this.leaving = false;
    socket.setEncoding('latin1');
    this.giveUpAfter(10);
    this.say(`LINECAST/1 ${this.nonce} ${parameters}\n`);
    this.batches = this.read();
  }

  say(text) {
    this.socket.write(text, 'latin1');
  }

  giveUpAfter(seconds) {
    this.socket.setTimeout(seconds * 1000, () => this.socket.destroy(new Broken('the server is silent')));
  }

  async greet() {
    const late = setTimeout(() => this.socket.destroy(new Broken('no answer to the hello')), 10_000);
    try {
      this.answer = (await this.batches.next()).value;
    } finally {
      clearTimeout(late);
    }
    // The server breaks a silence after one heartbeat; 0: never. BigInt() takes no nonsense.
    this.giveUpAfter(2 * Number(BigInt(this.answer.heartbeat)));
  }

  /** What the server says, in batches of lines that arrived together, without PINGs, up to the end of the session. */
  async *lines() {
    for await (const batch of this.batches) {
      batch.filter((line) => line.startsWith('PING')).forEach((ping) => this.say(`PONG${ping.slice(4)}\n`));
      if (!this.leaving) yield batch.filter((line) => !line.startsWith('PING'));
      const bye = batch.find((line) => line.startsWith('BYE '));
      if (bye && !this.leaving) end(bye.slice(4));
    }
  }

  /** Ends in an orderly way. Everything has been dealt with, so that whatever goes wrong now costs nothing. */
  leave() {
    this.leaving = true;
    this.say('QUIT\n');
  }

  /** The answer, and then batches of lines. */
  async *read() {
    let part = ''; // the beginning of a line whose end has not come yet; dropped if it never comes
    try {
      for await (const chunk of this.socket) {
        let lines = (part + chunk).split('\n');
        part = lines.pop();
        if (!this.answer) {
          // Other lines are other people's: until the server has read the hello we are a plain client. None of
          // them can look like the answer, because nobody else knows the nonce.
          const at = lines.findIndex((line) => line.startsWith(`LINECAST/1 ${this.nonce} `));
          if (at < 0) continue;
          const [, , verdict, ...words] = lines[at].split(' ');
          if (verdict !== 'ok') end(words.join(' '));
          yield Object.fromEntries(words.map((word) => word.split('=', 2)));
          lines = lines.slice(at + 1);
        }
        yield lines;
      }
    } catch (problem) {
      if (!this.leaving) throw problem;
    }
    if (!this.leaving) throw new Broken('closed by the server');
  }
}

/** The server has ended it: for now, or for good. */
function end(reason) {
  if (!PASSING.includes(reason.split(' ')[0])) quit(`the server says: ${reason}`);
  throw new Broken(`the server says: ${reason}`);
}
