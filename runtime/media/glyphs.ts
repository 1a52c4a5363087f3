// A tiny alphabet for labels inside pictures: no font need be installed, and every machine draws the same pixels.
import type { Canvas } from './canvas.ts';
import { LETTER_INK } from './palette.ts';

export const GLYPH_WIDTH = 5;
/** One row of it beneath the line, for tails. */
export const GLYPH_HEIGHT = 8;

const ROWS = [
  '.###. ..#.. .###. .###. ...#. ##### .###. ##### .###. .###. ..... ..... .#... ..... .....',
  '#...# .##.. #...# #...# ..##. #.... #.... ....# #...# #...# ..... ..... .#... ..... .....',
  '#..## ..#.. ....# ....# .#.#. ####. #.... ...#. #...# #...# ..... .###. ###.. .###. ####.',
  '#.#.# ..#.. ...#. ..##. #..#. ....# ####. ..#.. .###. .#### ..... #.... .#... #...# #...#',
  '##..# ..#.. ..#.. ....# ##### ....# #...# .#... #...# ....# ..... .###. .#... ##### #...#',
  '#...# ..#.. .#... #...# ...#. #...# #...# .#... #...# ....# ..#.. ....# .#... #.... ####.',
  '.###. .###. ##### .###. ...#. .###. .###. .#... .###. .###. ..#.. ####. ..##. .###. #....',
  '..... ..... ..... ..... ..... ..... ..... ..... ..... ..... .#... ..... ..... ..... #....',
].map((row) => row.split(' '));

/** The alphabet: what a label of a training stage is made of. */
const LETTERS = '0123456789,step';

/** Which pixels of a text are inked: its rows, one character `#` or `.` per pixel. Others than the alphabet are blank. */
export function glyphRows(text: string): string[] {
  return ROWS.map((row) =>
    [...text].map((letter) => row[LETTERS.indexOf(letter)] ?? '.'.repeat(GLYPH_WIDTH)).join('.'),
  );
}

/** How many pixels wide a text is. */
export function glyphsWidth(text: string): number {
  return Math.max(0, text.length * (GLYPH_WIDTH + 1) - 1);
}

/** Writes a text with its upper left corner at a place, every pixel of a letter as a square of `scale`. */
export function writeGlyphs(canvas: Canvas, text: string, left: number, top: number, scale: number): void {
  for (const [y, row] of glyphRows(text).entries()) {
    for (const [x, pixel] of [...row].entries()) {
      if (pixel === '#') canvas.block(left + x * scale, top + y * scale, scale, scale, LETTER_INK);
    }
  }
}
