import { Announcer, Backoff, RateMeter } from '../page/pace.js';
import { equal, should } from './check.js';

should('wait longer after each try, up to a bound', () => {
  const backoff = new Backoff(1000, 5000, () => 1);
  equal([1, 2, 3, 4, 5].map(() => backoff.next()), [1000, 2000, 4000, 5000, 5000]);
  backoff.reset();
  equal(backoff.next(), 1000);
});

should('spread the tries of many clients', () => {
  equal([new Backoff(1000, 5000, () => 0).next(), new Backoff(1000, 5000, () => 0.5).next()], [500, 750]);
});

should('tell the rate of the last seconds', () => {
  const meter = new RateMeter(2000);
  equal([meter.at(0, 0), meter.at(500, 50), meter.at(2500, 250)], [0, 100, 100]);
  for (let at = 3000; at <= 6000; at += 500) meter.at(at, 250);
  equal(meter.at(6500, 250), 0);
});

should('begin anew when the total does', () => {
  const meter = new RateMeter(2000);
  meter.at(0, 1000);
  equal([meter.at(1000, 0), meter.at(2000, 10)], [0, 10]);
});

should('read a few lines out', () => {
  const announcer = new Announcer();
  announcer.line('one');
  announcer.line('two');
  equal([announcer.at(0), announcer.at(1)], ['one\ntwo', null]);
});

should('only count many lines', () => {
  const announcer = new Announcer();
  for (let at = 0; at < 1234; at++) announcer.line('again');
  equal(announcer.at(0), '1,234 new lines');
});

should('leave a listener time to follow', () => {
  const announcer = new Announcer({ afterFewMillis: 4000, afterManyMillis: 20_000 });
  announcer.line('one');
  announcer.at(0);
  for (let at = 0; at < 10; at++) announcer.line('more');
  equal([announcer.at(3999), announcer.at(4000)], [null, '10 new lines']);
  announcer.line('one');
  equal([announcer.at(23_999), announcer.at(24_000)], [null, 'one']);
});

should('keep little of lines that nobody is told yet', () => {
  const announcer = new Announcer({ chars: 10 });
  for (let at = 0; at < 1000; at++) announcer.line('x'.repeat(60_000));
  equal(announcer.texts.map(text => text.length), [10, 10, 10]);
});
