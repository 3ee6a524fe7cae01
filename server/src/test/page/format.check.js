import { bytes, clock, count, counted, duration, millis, rate } from '../page/format.js';
import { equal, should } from './check.js';

should('show what is unknown as a dash', () => {
  equal([count(null), rate(undefined), bytes(null), millis(NaN), duration('7'), clock(null), clock('soon')], Array(7).fill('–'));
});

should('group the digits of a count', () => {
  equal([count(0), count(1234), count(1e6)], ['0', '1,234', '1,000,000']);
});

should('name one thing as one', () => {
  equal([counted(1, 'line'), counted(0, 'line'), counted(2, 'box', 'boxes')], ['1 line', '0 lines', '2 boxes']);
});

should('shorten large rates to three digits', () => {
  equal([rate(0.5), rate(83_979), rate(160e6), rate(2.5e9)], ['0.5', '83,979', '160 M', '2.5 G']);
  equal([rate(99_999), rate(100_000), rate(999_499), rate(999_500)], ['99,999', '100 k', '999 k', '1 M']);
});

should('count bytes in powers of two', () => {
  equal([bytes(0), bytes(1), bytes(1023), bytes(1024)], ['0 bytes', '1 byte', '1,023 bytes', '1 KiB']);
  equal([bytes(64 * 2 ** 20), bytes(2 ** 20 - 1), bytes(5 * 2 ** 40)], ['64 MiB', '1 MiB', '5 TiB']);
});

should('show times in the unit that fits', () => {
  equal([millis(0.4123), millis(999.4), millis(999.5), millis(1500), millis(90_000)], ['0.412 ms', '999 ms', '1 s', '1.5 s', '1 min 30 s']);
});

should('show a duration by its two largest units', () => {
  equal([duration(0), duration(59), duration(3600), duration(90_061)], ['0 s', '59 s', '1 h 0 min', '1 d 1 h']);
});

should('show the date of a time that is not today', () => {
  const now = new Date(2026, 0, 15, 12, 0, 0);
  equal(clock(new Date(2026, 0, 15, 9, 5, 7).toISOString(), now), '09:05:07');
  equal(clock(new Date(2026, 0, 14, 9, 5, 7).toISOString(), now), '2026-01-14 09:05:07');
});
