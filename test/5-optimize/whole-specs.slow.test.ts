import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { optimize } from '../../compiler/5-optimize/optimize.ts';
import { planMemory } from '../../compiler/5-optimize/plan-memory.ts';
import { tfjsTarget } from '../../compiler/5-optimize/tfjs/legalize.ts';
import { compile, SourceFile } from '../../compiler/index.ts';
import { type Program, type ProgramSet, sizeOf } from '../../compiler/tensor/index.ts';
import { verifySet } from '../../compiler/tensor/verify.ts';
import { draw } from '../reference/draw.ts';
import { interpret, type Numbers } from '../reference/interpreter.ts';

/** The programs of a published spec, thin and with a batch of one. */
function programsOf(name: string, ch: string): ProgramSet {
  const path = new URL(`../../specs/${name}.gan`, import.meta.url);
  const text = readFileSync(path, 'utf8').replace(/batch: *\d+/, 'batch: 1');
  return compile(new SourceFile(`${name}.gan`, text), { set: { ch } }).compiled!.set;
}

function inputsOf(program: Program): Numbers {
  return Object.fromEntries(
    program.inputs.map(({ name, shape, dtype, from }, index) => {
      if (from.kind === 'key') return [name, [3, 0, 1, 0]];
      if (from.kind === 'count') return [name, [1]];
      return [name, draw({ shape, dtype, below: 3 }, index + 1).data];
    }),
  );
}

/** Smaller numbers are what is left by rounding where a gradient cancels, as that of a bias before batch_norm. */
const SMALLEST = 1e-20;

/** The largest difference between two lists, relative to the largest number. */
function difference(expected: ArrayLike<number>, found: ArrayLike<number>): number {
  const errors = Array.from(expected, (number, at) => Math.abs(number - found[at]!));
  const scale = Array.from(expected).reduce(
    (largest, number) => Math.max(largest, Math.abs(number)),
    SMALLEST,
  );
  return errors.reduce((a, b) => (Number.isNaN(b) ? Number.POSITIVE_INFINITY : Math.max(a, b)), 0) / scale;
}

describe.each([
  ['dcgan', '1'],
  ['wgan_gp_resnet', '2'],
])('%s', (name, ch) => {
  const given = programsOf(name, ch);
  const target = tfjsTarget('wasm');
  const made = optimize(given, target);
  const zeros = Object.fromEntries(
    given.state.map(({ path, shape }) => [path, new Float64Array(sizeOf(shape))]),
  );
  const { state } = interpret(given.programs.init!, { key: [3, 0, 0, 0] }, zeros);

  test('keeps the law and needs no more memory than legalizing takes', () => {
    verifySet(made, target.primitives);
    for (const [update, program] of Object.entries(made.programs)) {
      const before = planMemory(given.programs[update]!).peakBytes;
      expect(planMemory(program).peakBytes, update).toBeLessThan(2 * before);
    }
  });

  test.each(['update.D', 'update.G'])('%s moves every weight to the same place', (update) => {
    const program = given.programs[update]!;
    const inputs = inputsOf(program);
    const expected = interpret(program, inputs, state);
    const found = interpret(made.programs[update]!, inputs, state, target.primitives);
    for (const [output, numbers] of Object.entries(expected.outputs)) {
      expect(difference(numbers, found.outputs[output]!), output).toBeLessThan(1e-6);
    }
    expect(program.updates.length).toBeGreaterThan(10);
    // Adam takes steps of one size, so of a gradient that cancels the rounding alone moves the weight.
    const cancels = (path: string) => {
      const squares = expected.state[`adam/${path.replace(/^ema\//, '')}/v`];
      return squares !== undefined && Array.from(squares).every((square) => square < SMALLEST);
    };
    for (const { path } of program.updates) {
      if (cancels(path)) continue;
      expect(difference(expected.state[path]!, found.state[path]!), path).toBeLessThan(1e-6);
    }
  });
});
