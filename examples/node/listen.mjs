#!/usr/bin/env node
// Writes the lines of a channel to its output, byte for byte.
//
//   listen.mjs HOST PORT [--count N]
//
// A connection that breaks is made anew and goes on where the last one ended: each line comes once. Lines that will
// never come are told of on the error output. After N lines it leaves in an orderly way; 0: never.

import { parseArgs } from 'node:util';
import { keepConnected, quit } from './linecast.mjs';

let left; // lines still to come
let epoch; // names the numbering that `next` is of: a server that starts anew begins a new one
let next; // the number of the first line that we have not dealt with; no integer of JavaScript's, see number()

async function hear(session) {
  if (!epoch) {
    ({ epoch } = session.answer);
    next = BigInt(session.answer.next);
    console.error(`listening from line ${next} on`);
  }
  for await (const batch of session.lines()) {
    const before = next;
    const text = batch.map((line) => take(line, session)).join('');
    await write(text);
    // Only now: DONE says that a line is dealt with, not that it has arrived. It is for all lines up to its number,
    // so that one for all that came together is enough.
    if (next !== before && next > 1n) session.say(`DONE ${next - 1n}\n`);
    if (left === 0) session.leave();
  }
}

/** Deals with a line of the server's; returns what there is to write. */
function take(line, session) {
  const [verb, first, third] = line.split(' ', 3);
  if (verb === 'LINE' && left > 0) {
    next = BigInt(first) + 1n;
    left--;
    return `${line.slice(`LINE ${first} `.length)}\n`;
  }
  if (verb === 'GAP') {
    const reason = line.split(' ')[3];
    console.error(`gap: lines ${first} to ${third} will not come: ${reason}`);
    if (reason === 'epoch') {
      // The server has begun a new numbering, and sends what it has of that.
      epoch = session.answer.epoch;
      next = BigInt(session.answer.oldest);
    } else {
      next = BigInt(third) + 1n;
    }
  }
  return '';
}

/** Resolves once the text is written: meanwhile nothing more is read, so that a slow reader of ours costs no memory. */
function write(text) {
  return new Promise((resolve) => process.stdout.write(text, 'latin1', resolve));
}

function usage() {
  console.error('usage: listen.mjs HOST PORT [--count N]');
  process.exit(2);
}

let options;
try {
  options = parseArgs({ allowPositionals: true, options: { count: { type: 'string', default: '0' } } });
} catch {
  usage();
}
const [host, port] = options.positionals;
if (options.positionals.length !== 2 || !/^[0-9]+$/.test(options.values.count)) usage();
left = Number(options.values.count) || Infinity;
process.stdout.on('error', (problem) => {
  if (problem.code === 'EPIPE') process.exit(0); // whoever read our output (such as head) has had enough
  quit(`cannot write: ${problem.message}`);
});
await keepConnected(host, Number(port), () => (epoch ? `from=${next} epoch=${epoch}` : 'from=new'), hear);
