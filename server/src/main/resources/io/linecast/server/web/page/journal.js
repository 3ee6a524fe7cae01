// What a channel's journal is said to be. Words only; an older server says nothing of it.

import { bytes, rate } from './format.js';
import { visible } from './text.js';

const UNKNOWN = '–';

export const inTrouble = journal => journal?.working === false;

/** Which kind it is, for a badge or a cell. */
export function journalKind(journal) {
  const kind = journal?.kind ? visible(String(journal.kind)) : UNKNOWN;
  return inTrouble(journal) ? `${kind}: in trouble` : kind;
}

const lines = number => (number === 1 ? '1 line' : `${rate(number)} lines`);

/** What is out of the ordinary; empty if nothing is. */
export function journalMore(journal) {
  const words = [
    journal?.waitingBytes > 0 && `${bytes(journal.waitingBytes)} wait to be kept`,
    journal?.lagLines > 0 && `${lines(journal.lagLines)} behind`,
  ];
  return words.filter(Boolean).join(', ');
}

/** A sentence for each thing that is the matter: channels often have their journals together. */
export function troubles(channels) {
  const names = new Map();
  for (const { name, journal } of channels) {
    if (!inTrouble(journal)) continue;
    const why = visible(String(journal.trouble ?? 'the server does not say why').replace(/\s+/g, ' '));
    names.set(why, [...(names.get(why) ?? []), visible(name)]);
  }
  return [...names].map(([why, of]) => `Lines cannot be kept (${of.join(', ')}): ${why}. Senders are refused, or wait.`);
}
