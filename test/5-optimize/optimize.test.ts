import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { algebra } from '../../compiler/5-optimize/algebra.ts';
import { drop } from '../../compiler/5-optimize/drop.ts';
import { fold } from '../../compiler/5-optimize/fold.ts';
import { optimizeProgram } from '../../compiler/5-optimize/optimize.ts';
import { share } from '../../compiler/5-optimize/share.ts';
import type { Pass } from '../../compiler/5-optimize/target.ts';
import { verify } from '../../compiler/tensor/verify.ts';
import { interpret } from '../reference/interpreter.ts';
import { type Runnable, randomPrograms } from './random-program.ts';

const passes: Readonly<Record<string, Pass>> = { fold, share, drop, algebra, optimizeProgram };

/** Folded numbers are rounded to f32, as the engine rounds them; the reference is not. */
const TOLERANCE = 1e-5;

function expectSameResults({ program, inputs, state }: Runnable, after: Runnable['program']): void {
  const expected = interpret(program, inputs, state);
  const found = interpret(after, inputs, state);
  expect(Object.keys(found.outputs)).toEqual(Object.keys(expected.outputs));
  const pairs = [
    ...Object.entries(expected.outputs).map(([name, data]) => [name, data, found.outputs[name]!] as const),
    ['w', expected.state.w!, found.state.w!] as const,
  ];
  for (const [name, before, now] of pairs) {
    expect(now.length, name).toBe(before.length);
    Array.from(before).forEach((number, at) => {
      expect(Math.abs(now[at]! - number), `${name} ${at}`).toBeLessThanOrEqual(
        TOLERANCE * Math.max(1, Math.abs(number)),
      );
    });
  }
}

describe('results of random programs, gradients included, survive', () => {
  test.each(Object.entries(passes))('%s', (_name, pass) => {
    fc.assert(
      fc.property(randomPrograms, (runnable) => {
        const after = pass(runnable.program);
        verify(after);
        expectSameResults(runnable, after);
      }),
      { numRuns: 150 },
    );
  });
});

test('optimizing settles: doing it again changes nothing', () => {
  fc.assert(
    fc.property(randomPrograms, ({ program }) => {
      const once = optimizeProgram(program);
      expect(optimizeProgram(once).nodes).toEqual(once.nodes);
      expect(once.nodes.length).toBeLessThanOrEqual(program.nodes.length);
    }),
    { numRuns: 100 },
  );
});
