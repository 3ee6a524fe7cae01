import { describeProblem } from '../page/problem.js';
import { Publisher, acknowledgement } from '../page/send-form.js';
import { equal, should } from './check.js';

const refused = (status, problem, more = {}) =>
  describeProblem({ status, statusText: '', isProblem: true, retryAfter: null, body: JSON.stringify(problem), ...more }).text;

should('end the last line of a message', () => {
  const publisher = new Publisher();
  equal([publisher.message('a').body, publisher.message('a\n').body, publisher.message('a\n\nb').body], ['a\n', 'a\n', 'a\n\nb\n']);
});

should('leave each line of a message a number', () => {
  const publisher = new Publisher();
  equal(['a', 'b\nc\nd', 'e'].map(text => publisher.message(text).number), [1, 2, 5]);
});

should('have a publisher name that the wire allows', () => {
  equal(/^[A-Za-z0-9_.-]{1,64}$/.test(new Publisher().name), true);
});

should('tell which lines were sent, and to how many', () => {
  equal(acknowledgement({ first: 1042, last: 1042, clients: 1 }), 'Line 1,042 sent to 1 client.');
  equal(acknowledgement({ first: 1042, last: 1044, clients: 3999 }), 'Lines 1,042 to 1,044 sent to 3,999 clients.');
});

should('tell a problem in the words of its document', () => {
  equal(refused(413, { title: 'Line too long', detail: 'A line may have 65,536 bytes.' }), 'Line too long: A line may have 65,536 bytes. (413)');
});

should('tell when to try again', () => {
  equal(refused(429, { title: 'Too many lines' }, { retryAfter: '7' }), 'Too many lines. (429) Try again in 7 s.');
});

should('tell something of a problem without a document', () => {
  equal(refused(502, {}, { isProblem: false, body: '<html>', statusText: 'Bad Gateway' }), 'Bad Gateway. (502)');
  equal(refused(500, {}, { body: '{not json' }), 'The server refused. (500)');
  equal(refused(500, {}, { body: 'null' }), 'The server refused. (500)');
});

should('show no more of a problem than a reader wants, and nothing unseen', () => {
  equal(refused(400, { title: `\u202e${'x'.repeat(2000)}` }).length < 600, true);
  equal(refused(400, { title: 'a\u202eb', detail: 7 }), 'a⟨202E⟩b. (400)');
});
