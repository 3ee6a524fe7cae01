import { LineLog, Ring } from '../page/line-log.js';
import { equal, should } from './check.js';

const texts = entries => entries.map(({ text }) => text);

function logOf(many, options = {}) {
  const log = new LineLog(options.maxEntries ?? 100, options.maxChars ?? 10_000);
  for (let number = 1; number <= many; number++) log.line(number, `line ${number}`);
  return log;
}

should('keep the last entries', () => {
  const ring = new Ring(3, 1000);
  for (let at = 0; at < 50; at++) ring.add({ text: String(at) });
  equal([texts(ring.last(10)), texts(ring.last(2)), ring.length, ring.arrived], [['47', '48', '49'], ['48', '49'], 3, 50]);
});

should('keep fewer entries where they are long, and the newest always', () => {
  const ring = new Ring(100, 10);
  for (const text of ['1234', '5678', '90ab']) ring.add({ text });
  equal(texts(ring.last(10)), ['5678', '90ab']);
  ring.add({ text: 'x'.repeat(50) });
  equal(ring.length, 1);
});

should('keep its bound in characters over a long time', () => {
  const ring = new Ring(10, 1000);
  for (let at = 0; at < 1000; at++) ring.add({ text: 'x'.repeat(at % 7) });
  equal(ring.chars, ring.last(100).reduce((sum, { text }) => sum + text.length, 0));
});

should('show all that is new while it fits', () => {
  const log = logOf(3);
  equal([texts(log.fresh(10).entries), log.notShown], [['line 1', 'line 2', 'line 3'], 0]);
  equal(log.fresh(10), { entries: [], leftOut: 0 });
});

should('show the newest and count the others where not all fit', () => {
  const log = logOf(50);
  const { entries, leftOut } = log.fresh(2);
  equal([texts(entries), leftOut, log.notShown], [['line 49', 'line 50'], 48, 48]);
});

should('count as left out what was forgotten before it could be shown', () => {
  const log = logOf(50, { maxEntries: 5 });
  const { entries, leftOut } = log.fresh(20);
  equal([entries.length, leftOut], [5, 45]);
});

should('show in a pause the kept lines that were left out before', () => {
  const log = logOf(50);
  log.fresh(2);
  equal([log.kept().entries.length, log.waiting], [50, 0]);
});

should('count what comes during a pause', () => {
  const log = logOf(5);
  log.kept();
  log.line(6, 'six');
  equal([log.waiting, texts(log.fresh(10).entries)], [1, ['six']]);
});

should('show only what matches the filter, in any case of letters', () => {
  const log = new LineLog();
  for (const text of ['Buoy 1', 'ship', 'BUOY 2']) log.line(1, text);
  log.setFilter(' buoy ');
  equal(texts(log.kept().entries), ['Buoy 1', 'BUOY 2']);
  log.line(4, 'another ship');
  log.line(5, 'buoy 3');
  equal([texts(log.fresh(10).entries), log.notShown], [['buoy 3'], 0]);
});

should('keep a rare match however many others come', () => {
  const log = new LineLog(10);
  log.setFilter('rare');
  log.line(1, 'a rare one');
  for (let number = 2; number < 1000; number++) log.line(number, 'many');
  equal(texts(log.kept().entries), ['a rare one']);
});

should('show gaps through any filter', () => {
  const log = new LineLog();
  log.setFilter('nothing has this');
  log.note('Lines 1 to 5 will not come', 5);
  equal([texts(log.fresh(10).entries), log.missed, log.received], [['Lines 1 to 5 will not come'], 5, 0]);
});

should('show everything again without a filter', () => {
  const log = logOf(5);
  log.setFilter('line 3');
  log.setFilter('');
  equal([log.kept().entries.length, log.waiting], [5, 0]);
});

should('begin anew when cleared', () => {
  const log = logOf(5);
  log.clear();
  log.line(6, 'six');
  equal([texts(log.fresh(10).entries), log.received], [['six'], 1]);
});
