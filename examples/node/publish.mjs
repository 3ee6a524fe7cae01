#!/usr/bin/env node
// Publishes the lines of its input, and waits until each is acknowledged.
//
//   publish.mjs HOST PORT [PUBLISHER]
//
// Exit code 0 means that the server has acknowledged every line. A connection that breaks is made anew, and what was
// unanswered is sent again under its old numbers: nothing is lost, and nothing is doubled.

import { randomBytes } from 'node:crypto';
import { fstatSync } from 'node:fs';
import { keepConnected, quit } from './linecast.mjs';

const WINDOW = 1000; // lines unanswered at most. The server can repeat its last 10,000 answers, and no older one.

const [host, port, publisher = randomBytes(8).toString('hex'), ...surplus] = process.argv.slice(2);
if (!(port > 0) || surplus.length > 0) {
  console.error('usage: publish.mjs HOST PORT [PUBLISHER]');
  process.exit(2);
}

let session = null; // the connection, while there is one
let epoch; // of the server's numbering; none until it has answered once
let number = 0n; // of the line sent last; numbers go up to 2^63, further than those of JavaScript
const unanswered = []; // { number, line }, the oldest first
let waiting = []; // lines read and not sent yet
let part = ''; // the beginning of a line whose end has not been read yet
let inputEnded = false;
let acknowledged = 0;
let refused = 0;
let highest = 0n; // the highest number acknowledged
let connections = 0;

async function publish(newSession) {
  session = newSession;
  takeAnswer(session.answer);
  session.say(unanswered.map(request).join('')); // repeats come first: numbers rise
  proceed();
  try {
    for await (const lines of session.lines()) {
      lines.forEach(react);
      proceed();
    }
  } finally {
    session = null;
  }
}

const request = (sent) => `SEND ${sent.number} ${sent.line}\n`;

function takeAnswer(answer) {
  connections++;
  const last = BigInt(answer.last);
  if (!epoch) {
    number = last; // numbers rise: a lower one would be taken for a repeat
  } else {
    // The highest number that can be our own. What we sent again would be taken for a repeat of what somebody else
    // has sent.
    const ours = answer.epoch === epoch ? number : number - BigInt(unanswered.length);
    if (last > ours) quit('somebody else has published under this name');
    if (unanswered.length > 0 && (answer.epoch !== epoch || last < highest)) {
      console.error(`the server has lost its memory: ${unanswered.length} lines may be heard twice`);
    }
  }
  epoch = answer.epoch;
}

/** Sends what the window has room for, and reads on when it has room for more. */
function proceed() {
  if (session && !session.leaving) {
    const sent = waiting.splice(0, WINDOW - unanswered.length).map((line) => ({ number: ++number, line }));
    unanswered.push(...sent);
    session.say(sent.map(request).join(''));
    if (inputEnded && unanswered.length === 0) session.leave();
  }
  if (waiting.length > 0 || unanswered.length === WINDOW) process.stdin.pause();
  else process.stdin.resume();
}

/** Deals with a line of the server's. */
function react(line) {
  const [verb, answered] = line.split(' ', 2);
  if (verb !== 'SENT' && verb !== 'FAIL') return;
  if (unanswered.length === 0 || BigInt(answered) !== unanswered.shift().number) {
    quit(`an answer out of order: ${line}`); // answers come in the order of the lines
  }
  if (verb === 'SENT') {
    acknowledged++;
    highest = BigInt(answered);
  } else {
    refused++;
    console.error(`line ${acknowledged + refused} is refused: ${line.slice(`FAIL ${answered} `.length)}`);
  }
}

process.on('exit', () => {
  const counts = `acknowledged ${acknowledged}, refused ${refused}, unanswered ${unanswered.length}`;
  console.error(`${counts}, connections ${connections}`);
});
// Of a folder, Node would make an input without a line.
if (fstatSync(0).isDirectory()) quit('cannot read the input: it is a folder');
process.stdin.on('error', (problem) => quit(`cannot read the input: ${problem.message}`));
process.stdin.setEncoding('latin1');
process.stdin.on('data', (chunk) => {
  const lines = (part + chunk).split('\n');
  part = lines.pop();
  waiting = waiting.concat(lines);
  proceed();
});
process.stdin.on('end', () => {
  inputEnded = true;
  if (part) waiting.push(part); // a last line without its LF
  proceed();
});
process.stdin.pause(); // until we are connected
await keepConnected(host, Number(port), () => `listen=no publisher=${publisher}`, publish);
process.exit(refused > 0 ? 1 : 0);
