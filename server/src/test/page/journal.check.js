import { inTrouble, journalKind, journalMore, troubles } from '../page/journal.js';
import { equal, should } from './check.js';

const well = { kind: 'sqlite', working: true, trouble: null, waitingBytes: 0, lagLines: 0 };
const broken = { ...well, working: false, trouble: 'the disk\nis full' };

should('name a journal, and say no more while all is well', () => {
  equal([journalKind(well), journalMore(well), inTrouble(well)], ['sqlite', '', false]);
});

should('say what waits for a journal, and how far hearing is behind it', () => {
  equal(journalMore({ ...well, waitingBytes: 2048, lagLines: 12 }), '2 KiB wait to be kept, 12 lines behind');
  equal(journalMore({ ...well, lagLines: 1 }), '1 line behind');
});

should('say that a journal is in trouble', () => {
  equal([journalKind(broken), inTrouble(broken)], ['sqlite: in trouble', true]);
});

should('know nothing of the journal of an older server', () => {
  equal([journalKind(undefined), journalMore(null), inTrouble(undefined)], ['–', '', false]);
  equal(troubles([{ name: 'main' }]), []);
});

should('say once what is the matter with several', () => {
  const channels = [
    { name: 'main', journal: broken },
    { name: 'log', journal: well },
    { name: 'ships', journal: broken },
    { name: 'odd', journal: { ...broken, trouble: null } },
  ];
  equal(troubles(channels), [
    'Lines cannot be kept (main, ships): the disk is full. Senders are refused, or wait.',
    'Lines cannot be kept (odd): the server does not say why. Senders are refused, or wait.',
  ]);
});
