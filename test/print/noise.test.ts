import { expect, it } from 'vitest';
import type { SpecFile } from '../../compiler/1-parse/ast.ts';
import { format } from '../../compiler/print/format.ts';
import { bareTree } from '../1-parse/bare-tree.ts';
import { type Random, randomFrom } from '../1-parse/mutate.ts';
import { read, readSound, SPECS, specText } from '../1-parse/read.ts';

const NOISE = [' ', '\n', '\n\n\n', ' // behind\n', '\n// own line\n', '  ', '\t', ' /// stray\n', '\r\n'];

/** A spec with blanks, line breaks and comments where they do no harm, and where nobody would put them. */
function noisy(text: string, random: Random): string {
  let result = text;
  for (let times = 0; times < 8; times++) {
    const places = [...result.matchAll(/\s+|(?<=[(){}[\],:=])|\/\/[^\n]*/g)];
    const at = places[Math.floor(random() * places.length)]!.index;
    result = result.slice(0, at) + NOISE[Math.floor(random() * NOISE.length)] + result.slice(at);
  }
  return result;
}

/** What comments say, in any order: one from the inside of an expression moves above it. */
function comments(file: SpecFile): string[] {
  return file.comments.map(({ text }) => text.replace(/^\/(?!\/)/, '').trim()).sort();
}

it('formatting loses no comment, changes no meaning, and is done after one time', () => {
  let sound = 0;
  for (let seed = 0; seed < 160; seed++) {
    const text = noisy(specText(`${SPECS[seed % SPECS.length]}.gan`), randomFrom(seed));
    const { file, diagnostics } = read(text);
    // A line break can cut a word or a text in two.
    if (!file || diagnostics.length > 0) continue;
    sound++;
    const formatted = format(file);
    const again = readSound(formatted);
    expect(JSON.stringify(bareTree(again)), `seed ${seed}`).toBe(JSON.stringify(bareTree(file)));
    expect(comments(again), `seed ${seed}`).toEqual(comments(file));
    expect(format(again), `seed ${seed}`).toBe(formatted);
  }
  expect(sound).toBeGreaterThan(50);
});
