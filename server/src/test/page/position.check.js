import { Position, parseId } from '../page/position.js';
import { equal, should } from './check.js';

function at(epoch, number) {
  const position = new Position();
  position.take({ epoch, number });
  return position;
}

should('read an event id', () => {
  equal(parseId('5f3a-1042'), { epoch: '5f3a', number: 1042 });
  equal(parseId('a-b-7'), { epoch: 'a-b', number: 7 });
});

should('not take anything else for an event id', () => {
  equal(['', '7', '-7', 'e-', 'e-x', 'e--', 'e-1.5'].map(parseId), Array(7).fill(null));
});

should('go on with the next line', () => {
  equal(at('e', 5).take({ epoch: 'e', number: 6 }), { again: false, missed: 0, renumbered: false });
});

should('know a line that was heard before, and stay', () => {
  const position = at('e', 5);
  equal([position.take({ epoch: 'e', number: 3 }).again, position.number], [true, 5]);
});

should('count what a jump leaves out', () => {
  equal(at('e', 5).take({ epoch: 'e', number: 9 }).missed, 3);
});

should('miss nothing where a gap was told', () => {
  const position = at('e', 5);
  equal([position.passOver(6, 8), position.take({ epoch: 'e', number: 9 }).missed], [3, 0]);
});

should('not count lines of a gap twice', () => {
  const position = at('e', 5);
  equal([position.passOver(3, 8), position.passOver(6, 8), position.passOver(1, 4)], [3, 0, 0]);
});

should('begin anew with another epoch', () => {
  const position = at('e', 500);
  equal(position.take({ epoch: 'f', number: 2 }), { again: false, missed: 0, renumbered: true });
  equal(position.take({ epoch: 'f', number: 3 }).again, false);
});

should('ask for what comes next, or at first for the last lines', () => {
  equal([new Position().query(200), at('e&', 5).query(200)], ['from=-200', 'from=6&epoch=e%26']);
});
