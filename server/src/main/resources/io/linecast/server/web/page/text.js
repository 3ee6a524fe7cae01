// What a line looks like. Lines are anybody's: they reach the page as text only, and what would not be
// seen, or would change how the rest is seen, is made visible.

// Control characters but the tab, and those that turn the direction of text around.
const UNSEEN = /[\u0000-\u0008\u000a-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/;
const EACH_UNSEEN = new RegExp(UNSEEN, 'g');

/** How many characters of a line are shown. A line may have 64 KiB, and a page of them would be slow. */
export const SHOWN_CHARS = 2000;

/** The text with a sign for each character that has no look of its own. */
export function visible(text) {
  return UNSEEN.test(text) ? text.replace(EACH_UNSEEN, sign) : text;
}

function sign(character) {
  const code = character.charCodeAt(0);
  // A CR within a line comes as an LF: an event's data knows one kind of line end.
  if (code === 0x0a) return '\u240d';
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  if (code === 0x7f) return '\u2421';
  return `\u27e8${code.toString(16).toUpperCase().padStart(4, '0')}\u27e9`;
}

/** The beginning of a long text, never half a character, and how much was cut off. */
export function clip(text, limit = SHOWN_CHARS) {
  if (text.length <= limit) return { text, cut: 0 };
  const last = text.charCodeAt(limit - 1);
  const end = last >= 0xd800 && last < 0xdc00 ? limit - 1 : limit;
  return { text: text.slice(0, end), cut: text.length - end };
}
