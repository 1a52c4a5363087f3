import { describe, expect, test } from 'vitest';
import type { Compiled } from '../../compiler/4-lower/compiled.ts';
import { compile } from '../../compiler/compile.ts';
import { SourceFile } from '../../compiler/source/source-file.ts';
import { type ProgramSet, sizeOf } from '../../compiler/tensor/index.ts';
import { openEngine } from '../../runtime/engines/index.ts';
import { describeOn } from '../engines/on-each-engine.ts';
import { draw } from '../reference/draw.ts';
import { interpret } from '../reference/interpreter.ts';

const BATCH = 3;

/** What D and G minimise, by the name of the loss. */
const losses = {
  bce: ['bce(D(real), 1) + bce(D(fake), 0)', 'bce(D(fake), 1)'],
  least_squares: ['least_squares(D(real), 1) + least_squares(D(fake), 0)', 'least_squares(D(fake), 1)'],
  hinge: ['hinge.critic(D(real), D(fake))', 'hinge.generator(D(fake))'],
  wasserstein: ['wasserstein.critic(D(real), D(fake))', 'wasserstein.generator(D(fake))'],
  relativistic: ['relativistic.critic(D(real), D(fake))', 'relativistic.generator(D(real), D(fake))'],
  relativistic_average: [
    'relativistic_average.critic(D(real), D(fake))',
    'relativistic_average.generator(D(real), D(fake))',
  ],
  minimax: ['minimax.critic(D(real), D(fake))', 'minimax.generator(D(fake))'],
  non_saturating: ['non_saturating.critic(D(real), D(fake))', 'non_saturating.generator(D(fake))'],
  ra_least_squares: [
    'relativistic_average.least_squares.critic(D(real), D(fake))',
    'relativistic_average.least_squares.generator(D(real), D(fake))',
  ],
  ra_hinge: [
    'relativistic_average.hinge.critic(D(real), D(fake))',
    'relativistic_average.hinge.generator(D(real), D(fake))',
  ],
  ...Object.fromEntries(
    ['total_variation', 'kl', 'reverse_kl', 'pearson', 'neyman', 'squared_hellinger', 'jensen_shannon'].map(
      (name) => [
        name,
        [`f_divergence.${name}.critic(D(real), D(fake))`, `f_divergence.${name}.generator(D(fake))`],
      ],
    ),
  ),
  ebgan: ['ebgan.critic(square(D(real)), square(D(fake)), 2)', 'ebgan.generator(square(D(fake)))'],
  began: ['began.critic(l1(D(real), 0), l1(D(fake), 0), 0.5)', 'began.generator(l1(D(fake), 0))'],
  feature_matching: [
    'bce(D(real), 1) + bce(D(fake), 0)',
    'feature_matching(D(real), D(fake)) + feature_matching.l1(D(real), D(fake))',
  ],
  diff_augment: [
    'bce(D(real -> diff_augment), 1) + bce(D(fake -> diff_augment), 0)',
    'bce(D(fake -> diff_augment), 1)',
  ],
  top_k: ['hinge.critic(D(real), D(fake))', 'bce(top_k(D(fake), 2), 1)'],
} as const;

const penalties = {
  none: '',
  gradient_penalty: ' + 10 * gradient_penalty(D(_), real, fake)',
  r1: ' + 5 * r1(D(_), real)',
  r2: ' + 5 * r2(D(_), fake)',
  dragan: ' + 10 * dragan(D(_), real)',
  zero_centred: ' + 100 * zero_centred(D(_), real, fake)',
  consistency: ' + 2 * consistency(D(dropout(_, 0.3)), real)',
  path_length: ' + 2 * path_length(D(_), real)',
} as const;

function specOf([lossOfD, lossOfG]: readonly [string, string], penalty: string, draws: string): string {
  return `
gan 1

latent z: normal(4)

data faces from folder("faces") {
  image: [8, 8, 1] in [-1, 1]
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

const cases = Object.entries(losses).flatMap(([loss, terms]) =>
  Object.entries(penalties).map(([penalty, term]) => ({ loss, penalty, terms, term })),
);

/** Every loss with every penalty; where it is the draw that differs, each of them once. */
const casesOf = {
  fresh: cases,
  shared: cases.filter(({ loss, penalty }) => loss === 'bce' || penalty === 'none'),
};

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
