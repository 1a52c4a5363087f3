import { describe, expect, it } from 'vitest';
import { check } from '../../compiler/compile.ts';
import { toJson } from '../../compiler/print/json.ts';
import { SourceFile } from '../../compiler/source/source-file.ts';
import { mutate, randomFrom } from './mutate.ts';
import { read, readSound, SPECS, specText } from './read.ts';

const texts = SPECS.map((name) => specText(`${name}.gan`));
const VIDEO = toJson(readSound(specText('video.gan')));
const originals = [
  ...texts.map((text) => ({ name: 'spec.gan', text })),
  ...[specText('pix2pix.gan.json'), VIDEO].map((text) => ({
    name: 'spec.gan.json',
    text,
  })),
];

/** A damaged spec, the same for the same number. */
function damaged(number: number): { readonly name: string; readonly text: string } {
  const random = randomFrom(number);
  const { name, text } = originals[number % originals.length]!;
  return {
    name,
    text: mutate(
      text,
      originals.map((one) => one.text),
      random,
    ),
  };
}

const counts = { parse: 10_000, check: 1000 };
/** No damage of a few characters may cost seconds; the machine may be busy. */
const SLOWEST = 5000;

describe('specs damaged at random', () => {
  it(`${counts.parse} of them are read without a crash, each fault with a place inside the file`, () => {
    let faulty = 0;
    for (let number = 0; number < counts.parse; number++) {
      const { name, text } = damaged(number);
      const start = performance.now();
      const { diagnostics } = read(text, name);
      if (performance.now() - start > SLOWEST) throw new Error(`${number} took too long`);
      if (diagnostics.length > 0) faulty++;
      for (const { span, message, fixes } of diagnostics) {
        const edits = fixes.flatMap((fix) => fix.edits.map((edit) => edit.span));
        for (const place of [span, ...edits]) {
          if (
            place.start < 0 ||
            place.end < place.start ||
            place.end > text.length ||
            Number.isNaN(place.start)
          ) {
            throw new Error(`${number}: "${message}" lies at ${place.start}–${place.end} of ${text.length}`);
          }
        }
      }
    }
    // Some damage does no harm, such as a longer comment; most does.
    expect(faulty).toBeGreaterThan(counts.parse / 2);
  });

  it(`${counts.check} of them are checked without a crash`, () => {
    for (let number = 0; number < counts.check; number++) {
      const { name, text } = damaged(number * 7 + 1);
      const source = new SourceFile(name, text);
      const start = performance.now();
      const { diagnostics, model } = check(source);
      if (performance.now() - start > SLOWEST) throw new Error(`${number} took too long`);
      const errors = diagnostics.filter(({ severity }) => severity === 'error');
      expect(errors.length > 0, `${number}: a model or an error`).toBe(model === null);
      for (const { span, message } of diagnostics) {
        const inside = span.start >= 0 && span.start <= span.end && span.end <= text.length;
        expect(inside && span.file === name, `${number}: ${message} in ${span.file}`).toBe(true);
      }
    }
  });
});
