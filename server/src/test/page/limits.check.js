import { limitsReached } from '../page/limits.js';
import { equal, should } from './check.js';

should('name the limits that were reached, and how often', () => {
  equal(
    limitsReached({ 'max-connections': 0, 'max-per-address': 1200, 'max-memory': 1 }),
    'Limits reached since the start: --max-per-address (1,200), --max-memory (1)',
  );
});

should('say nothing where no limit was reached, or the server does not tell', () => {
  equal([limitsReached({ 'max-memory': 0 }), limitsReached({}), limitsReached(undefined), limitsReached(null)], ['', '', '', '']);
});

should('make harmless what a server calls a limit', () => {
  equal(limitsReached({ 'a\u202eb': 2 }), 'Limits reached since the start: --a⟨202E⟩b (2)');
});
