import { clip, visible } from '../page/text.js';
import { equal, should } from './check.js';

should('leave ordinary text of any language alone', () => {
  const text = 'a\tb <b> & "c" שלום 你好 🚢';
  equal(visible(text), text);
});

should('show control characters as signs', () => {
  equal(visible('\0\x07\x1b[31m\x7f\x85'), '␀␇␛[31m␡⟨0085⟩');
});

should('show a carriage return within a line, which comes as a line feed', () => {
  equal(visible('a\nb'), 'a␍b');
});

should('show what turns the direction of text', () => {
  equal(visible('\u202egnp.exe\u2066'), '⟨202E⟩gnp.exe⟨2066⟩');
});

should('cut long text and say how much is missing', () => {
  equal(clip('abcdef', 4), { text: 'abcd', cut: 2 });
  equal(clip('abcd', 4), { text: 'abcd', cut: 0 });
});

should('not cut a character in half', () => {
  equal(clip('abc🚢d', 4), { text: 'abc', cut: 3 });
});
