// A WebSocket under a person's hands: what is typed is sent, what comes is said, a line for each message.
// usage: node socket.js own|ws URL [SUBPROTOCOL]

import { createInterface } from 'node:readline';

const [, , library, url, ...subprotocols] = process.argv;
const WebSocket = library === 'own' ? globalThis.WebSocket : (await import('ws')).WebSocket;

const socket = new WebSocket(url, subprotocols);
socket.binaryType = 'arraybuffer';
socket.onopen = () => {
  console.log(`open ${socket.protocol}`);
  const typed = createInterface({ input: process.stdin });
  typed.on('line', line => socket.send(line));
  typed.on('close', () => socket.close(1000));
};
socket.onmessage = ({ data }) =>
  console.log(typeof data === 'string' ? `text ${data}` : `binary ${Buffer.from(data).toString('hex')}`);
socket.onerror = event => console.error(`error ${event.message ?? ''}`);
socket.onclose = ({ code, reason }) => {
  console.log(`closed ${code} ${reason}`);
  process.exit();
};
