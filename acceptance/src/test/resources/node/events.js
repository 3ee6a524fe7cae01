// Hears so many lines as events, over as many connections as it takes, and says each with its id.
// usage: node events.js URL COUNT

import { EventSource } from 'eventsource';

const [, , url, count] = process.argv;
let heard = 0;

const source = new EventSource(url);
source.onopen = () => console.error('open');
source.onerror = ({ message }) => console.error(`error ${message ?? ''}`);
source.addEventListener('gap', ({ data }) => console.log(`gap ${data}`));
source.onmessage = ({ lastEventId, data }) => {
  console.log(`${lastEventId} ${data}`);
  if (++heard === Number(count)) source.close();
};
