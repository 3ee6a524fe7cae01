// Numbers as people read them. Unknown is null, and reads as a dash.

const UNKNOWN = '–';
const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const three = new Intl.NumberFormat('en', { maximumSignificantDigits: 3 });

const isKnown = value => typeof value === 'number' && Number.isFinite(value);

export function count(value) {
  return isKnown(value) ? whole.format(value) : UNKNOWN;
}

/** A number of things with their name: `1 client`, `3,999 clients`. */
export function counted(value, one, many = `${one}s`) {
  return `${count(value)} ${value === 1 ? one : many}`;
}

/** To the last digit where that is short, else `160 M`. */
export function rate(value) {
  if (!isKnown(value)) return UNKNOWN;
  if (value < 10) return three.format(value);
  if (value < 1e5) return whole.format(value);
  if (value < 999_500) return `${three.format(value / 1e3)} k`;
  return value < 999.5e6 ? `${three.format(value / 1e6)} M` : `${three.format(value / 1e9)} G`;
}

export function bytes(value) {
  if (!isKnown(value)) return UNKNOWN;
  if (value < 1024) return counted(value, 'byte');
  const units = ['KiB', 'MiB', 'GiB', 'TiB'];
  let size = value / 1024;
  let unit = 0;
  // 1,023.7 would be rounded to 1,020: three digits, and none of the next unit's.
  while (size >= 999.5 && unit < units.length - 1) {
    size /= 1024;
    unit++;
  }
  return `${three.format(size)} ${units[unit]}`;
}

export function millis(value) {
  if (!isKnown(value)) return UNKNOWN;
  if (value < 999.5) return `${three.format(value)} ms`;
  return value < 60_000 ? `${three.format(value / 1000)} s` : duration(value / 1000);
}

/** The two largest units: `4 d 3 h`, `12 min 5 s`. */
export function duration(seconds) {
  if (!isKnown(seconds)) return UNKNOWN;
  const parts = [
    [Math.floor(seconds / 86_400), 'd'],
    [Math.floor(seconds / 3600) % 24, 'h'],
    [Math.floor(seconds / 60) % 60, 'min'],
    [Math.floor(seconds) % 60, 's'],
  ];
  const first = parts.findIndex(([value]) => value > 0);
  if (first < 0) return '0 s';
  return parts.slice(first, first + 2).map(([value, unit]) => `${value} ${unit}`).join(' ');
}

/** The time of day here of an ISO time, with the date unless it is today's. */
export function clock(iso, now = new Date()) {
  const time = new Date(iso ?? NaN);
  if (Number.isNaN(time.getTime())) return UNKNOWN;
  const two = value => String(value).padStart(2, '0');
  const day = `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())}`;
  const ofDay = `${two(time.getHours())}:${two(time.getMinutes())}:${two(time.getSeconds())}`;
  return time.toDateString() === now.toDateString() ? ofDay : `${day} ${ofDay}`;
}
