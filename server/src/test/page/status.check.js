import { History, extent } from '../page/history.js';
import { equal, should } from './check.js';

const channel = (name, linesPerSecond) => ({ name, linesPerSecond, deliveryLatencyMillis: null });

should('keep a column for each figure, with null for what is unknown', () => {
  const history = new History();
  history.add(100, [channel('main', 5)]);
  history.add(101, [{ ...channel('main', 6), deliveryLatencyMillis: { p50: 1, p99: 2, max: 3 } }]);
  equal(history.columns('main', ['linesPerSecond', 'latencyP99']), [[100, 101], [5, 6], [null, 2]]);
});

should('forget what is too old', () => {
  const history = new History({ seconds: 10 });
  for (let second = 0; second < 100; second++) history.add(second, [channel('main', second)]);
  equal(history.columns('main', ['linesPerSecond'])[0].length, 11);
});

should('break the curve where no figures came', () => {
  const history = new History({ breakSeconds: 5 });
  history.add(100, [channel('main', 5)]);
  history.add(160, [channel('main', 6)]);
  equal(history.columns('main', ['linesPerSecond']), [[100, 101, 160], [5, null, 6]]);
});

should('keep channels apart, and forget those that are gone', () => {
  const history = new History();
  history.add(100, [channel('main', 5), channel('weather', 1)]);
  equal(history.columns('weather', ['linesPerSecond']), [[100], [1]]);
  history.add(101, [channel('main', 5)]);
  equal(history.columns('weather', ['linesPerSecond']), [[], []]);
});

should('bound the channels that it keeps', () => {
  const history = new History({ channels: 1 });
  history.add(100, [channel('main', 5), channel('weather', 1)]);
  equal(history.columns('weather', ['linesPerSecond']), [[], []]);
});

should('tell the extent of what is known', () => {
  equal([extent([null, 3, 1, null]), extent([null])], [{ low: 1, high: 3, last: 1 }, null]);
});
