/** One line of source as it stands on a screen: tabs widened, control characters shown as `�`. */
export interface ShownLine {
  readonly text: string;
  /** The screen column, from 0, of a UTF-16 offset within the line. */
  column(offset: number): number;
}

const TAB = 4;
/** What could move the cursor, colour the screen or turn the writing direction round. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what it is for
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g;
const COMBINING = /^[\p{Mn}\p{Me}\u200b-\u200d]$/u;

/** Text from a spec, safe to print: no control characters, on one line. */
export function printable(text: string): string {
  return text.replace(CONTROL, '\ufffd');
}

/** Lays a line out on a screen with characters of one width. */
export function layOut(line: string): ShownLine {
  const columns: number[] = [];
  let text = '';
  let column = 0;
  for (const character of line) {
    for (let unit = 0; unit < character.length; unit++) columns.push(column);
    if (character === '\t') {
      const width = TAB - (column % TAB);
      text += ' '.repeat(width);
      column += width;
    } else {
      text += printable(character);
      column += widthOf(character);
    }
  }
  columns.push(column);
  return { text, column: (offset) => columns[Math.max(0, Math.min(offset, columns.length - 1))]! };
}

/** Screen columns of a text. */
export function widthOfText(text: string): number {
  let width = 0;
  for (const character of text) width += widthOf(character);
  return width;
}

/** The part of a text between two screen columns. */
export function cutColumns(text: string, from: number, to: number): string {
  let column = 0;
  let cut = '';
  for (const character of text) {
    const next = column + widthOf(character);
    if (column >= from && next <= to) cut += character;
    column = next;
  }
  return cut;
}

/** 0 for marks that join the letter before them, 2 for East Asian wide characters and emoji, else 1. */
function widthOf(character: string): number {
  const code = character.codePointAt(0)!;
  if (code < 0x300) return 1;
  if (COMBINING.test(character) || (code >= 0xfe00 && code <= 0xfe0f)) return 0;
  const wide =
    (code >= 0x1100 && code <= 0x115f) ||
    (code >= 0x2e80 && code <= 0xa4cf) ||
    (code >= 0xac00 && code <= 0xd7a3) ||
    (code >= 0xf900 && code <= 0xfaff) ||
    (code >= 0xfe30 && code <= 0xfe6f) ||
    (code >= 0xff00 && code <= 0xff60) ||
    (code >= 0xffe0 && code <= 0xffe6) ||
    (code >= 0x1f300 && code <= 0x1faff) ||
    (code >= 0x20000 && code <= 0x3fffd);
  return wide ? 2 : 1;
}
