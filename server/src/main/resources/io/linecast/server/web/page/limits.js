// Which limits were reached, in words; an older server says nothing of them.

import { count } from './format.js';
import { visible } from './text.js';

/** Each limit that was reached, by its option, with how often; empty if none was. */
export function limitsReached(limited) {
  const reached = Object.entries(limited ?? {}).filter(([, times]) => times > 0);
  return reached.length === 0
    ? ''
    : `Limits reached since the start: ${reached.map(([flag, times]) => `--${visible(flag)} (${count(times)})`).join(', ')}`;
}
