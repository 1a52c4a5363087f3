import { describe, expect, test } from 'vitest';
import type { Compiled } from '../../compiler/4-lower/compiled.ts';
import { compile } from '../../compiler/compile.ts';
import { SourceFile } from '../../compiler/source/source-file.ts';
import { type ProgramSet, sizeOf } from '../../compiler/tensor/index.ts';
import { openEngine } from '../../runtime/engines/index.ts';
import { describeOn } from '../engines/on-each-engine.ts';
import { draw } from '../reference/draw.ts';
import { interpret } from '../reference/interpreter.ts';
import { casesOf, type StepCase } from './step-cases.ts';

const BATCH = 3;

function specOf([lossOfD, lossOfG]: StepCase['terms'], penalty: string, draws: string): string {
  return `
gan 1

latent z: normal(4)

data faces from folder("faces") {
  image: [8, 8, 1] in [-1, 1]
  class: label(3)
}

generator G(z) -> faces.image {
  z -> dense(32, bias: false) -> reshape(4, 4, 2) -> batch_norm -> relu
    -> conv2d_transpose(1, kernel: 4, stride: 2) -> tanh
}

discriminator D(x: faces.image) -> [1] {
  x -> conv2d(3, kernel: 4, stride: 2, weights: spectral_norm) -> layer_norm -> leaky_relu(0.2)
    -> conv2d(3, kernel: 3) -> swish -> flatten -> dense(1)
}

train on faces {
  batch: ${BATCH}
  steps: 10
  draw: ${draws}
  real = faces.image
  fake = G(z)
  y = faces.class
  update D {
    loss: ${lossOfD}${penalty}
    optimizer: sgd(lr: 1)
  }
  update G {
    loss: ${lossOfG}
    optimizer: sgd(lr: 1)
    ema: 0.9
  }
}
`;
}

const inputs = {
  key: Int32Array.of(1, 0, 0, 0),
  count: Float32Array.of(1),
  'faces.image': Float32Array.from(draw({ shape: [BATCH, 8, 8, 1] }, 1).data),
  'faces.class': Int32Array.of(2, 0, 1),
};

function compiled(text: string): Compiled {
  const result = compile(new SourceFile('step.gan', text));
  const errors = result.diagnostics.filter(({ severity }) => severity === 'error');
  expect(errors.map(({ message }) => message)).toEqual([]);
  return result.compiled!;
}

/** Weights as `init` draws them, rounded to f32, so that both sides start from the same numbers. */
function initialState({ programs, state }: ProgramSet): Record<string, Float32Array> {
  const zeros = Object.fromEntries(state.map(({ path, shape }) => [path, new Float64Array(sizeOf(shape))]));
  const drawn = interpret(programs.init!, { key: [7, 0, 0, 0] }, zeros).state;
  return Object.fromEntries(Object.entries(drawn).map(([path, values]) => [path, Float32Array.from(values)]));
}

/**
 * The largest difference between two lists, relative to the largest number in the second one. A gradient that cancels
 * to 0, like that of a bias under a relativistic loss, leaves the rounding of the numbers around 1 that it was made of.
 */
function deviation(found: ArrayLike<number>, exact: ArrayLike<number>): number {
  const largest = Array.from(exact).reduce((most, value) => Math.max(most, Math.abs(value)), 1e-2);
  const worst = Array.from(exact, (value, at) => Math.abs(value - found[at]!));
  return Math.max(0, ...worst) / largest;
}

// sgd with lr 1 moves every weight by its whole gradient, so that a wrong gradient cannot hide behind a small step.
describeOn(['tensorflow', 'wasm'], 'one step', (engine) => {
  describe.each(['fresh', 'shared'] as const)('draw: %s', (draws) => {
    test.each(casesOf[draws])(
      '$loss, $penalty: every weight moves as the reference says',
      async ({ terms, term }) => {
        const { set, step } = compiled(specOf(terms, term, draws));
        const start = initialState(set);
        const session = await openEngine(engine).open(set, { threads: 1 });
        try {
          for (const { program: name } of step) {
            const program = set.programs[name]!;
            const wanted = new Set(program.inputs.map((input) => input.name));
            await session.writeState(new Map(Object.entries(start)));
            await session.run(
              name,
              Object.fromEntries(Object.entries(inputs).filter(([key]) => wanted.has(key))),
            );
            const found = await session.readState();
            const expected = interpret(program, inputs, start).state;
            for (const { path } of set.state)
              expect(deviation(found.get(path)!, expected[path]!), path).toBeLessThan(1e-4);
            const moved = set.state.filter(({ path }) => deviation(start[path]!, expected[path]!) > 1e-3);
            expect(moved.length).toBeGreaterThan(3);
          }
        } finally {
          await session.close();
        }
      },
    );
  });
});
