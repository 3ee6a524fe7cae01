import { Session, withTicket } from '../page/session.js';
import { equal, should } from './check.js';

const storeOf = token => ({ getItem: () => token, setItem() {}, removeItem() {} });

should('send a token in a header', () => {
  const session = new Session(storeOf('lc_secret'));
  equal(session.headers({ Accept: 'x' }), { Accept: 'x', Authorization: 'Bearer lc_secret' });
  equal(session.signedIn, true);
});

should('send nothing where nobody has signed in, or has signed out', () => {
  equal(new Session(storeOf(null)).headers({ Accept: 'x' }), { Accept: 'x' });
  const session = new Session(storeOf('lc_secret'));
  session.signOut();
  equal(session.headers({}), {});
});

should('put a ticket behind what an address has already', () => {
  equal(withTicket('api/status', 'a-b_c'), 'api/status?ticket=a-b_c');
  equal(withTicket('lines?from=-200', 'a&b'), 'lines?from=-200&ticket=a%26b');
});
