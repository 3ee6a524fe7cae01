// Runs every check in the browser that shows this page. The title is the result: `31 passed, 0 failed`.

import { checks } from './check.js';
import './format.check.js';
import './journal.check.js';
import './limits.check.js';
import './line-log.check.js';
import './pace.check.js';
import './position.check.js';
import './send.check.js';
import './session.check.js';
import './status.check.js';
import './text.check.js';

const report = document.getElementById('report');
let failed = 0;
for (const { name, body } of checks) {
  try {
    body();
  } catch (failure) {
    failed++;
    report.append(`FAILED ${name}\n  ${failure.message}\n`);
  }
}
if (checks.length === 0) failed = 1;
report.append(`${checks.length - failed} passed, ${failed} failed\n`);
document.title = `${checks.length - failed} passed, ${failed} failed`;
