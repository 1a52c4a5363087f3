import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SpecFile } from '../../compiler/1-parse/ast.ts';
import { format } from '../../compiler/print/format.ts';
import { toJson } from '../../compiler/print/json.ts';
import { bareTree } from '../1-parse/bare-tree.ts';
import { readSound } from '../1-parse/read.ts';
import { arbitrarySpec } from './arbitrary-spec.ts';

/** As a text, which compares faster than a tree; keys in one order. */
const bare = (spec: SpecFile) => JSON.stringify(bareTree(spec), null, 1);

const RUNS = { numRuns: 100, seed: 20_260_101 };

describe('both forms say the same', () => {
  it('any tree, written as text, is read back', () => {
    fc.assert(
      fc.property(arbitrarySpec, (spec) => {
        expect(bare(readSound(format(spec)))).toBe(bare(spec));
      }),
      RUNS,
    );
  });

  it('any tree, written as JSON, is read back', () => {
    fc.assert(
      fc.property(arbitrarySpec, (spec) => {
        expect(bare(readSound(toJson(spec), 'spec.gan.json'))).toBe(bare(spec));
      }),
      RUNS,
    );
  });

  it('formatting what is formatted changes nothing', () => {
    fc.assert(
      fc.property(arbitrarySpec, (spec) => {
        const text = format(spec);
        expect(format(readSound(text))).toBe(text);
      }),
      RUNS,
    );
  });
});
