import { describe, expect, test } from 'vitest';
import { estimateMemory } from '../../compiler/3-check/memory-estimate.ts';
import type { Compiled } from '../../compiler/4-lower/compiled.ts';
import { compile } from '../../compiler/compile.ts';
import { inspect } from '../../compiler/print/inspection.ts';
import { SourceFile } from '../../compiler/source/source-file.ts';
import type { Program } from '../../compiler/tensor/index.ts';
import { openEngine } from '../../runtime/engines/index.ts';
import { describeOn } from '../engines/on-each-engine.ts';
import { expectClose } from '../reference/close.ts';
import { draw } from '../reference/draw.ts';
import { interpret, type Numbers } from '../reference/interpreter.ts';
import { compiled, initialState } from './compiled-text.ts';

interface Parts {
  readonly unroll?: number;
  /** Of D's update. */
  readonly optimizer?: string;
  readonly penalty?: string;
  readonly options?: string;
  readonly train?: string;
  readonly judge?: string;
  readonly lossOfG?: string;
  readonly moreOfG?: string;
  /** Updates between those of D and G. */
  readonly between?: string;
}

/** A GAN that draws nothing: what G is given is data too, so that every program sees the same. */
function spec({
  unroll,
  optimizer = 'sgd(lr: 0.3)',
  penalty = '',
  options = '',
  train = '',
  judge = 'x -> dense(4) -> tanh -> dense(1)',
  lossOfG = 'bce(D(fake), 1)',
  moreOfG = '',
  between = '',
}: Parts = {}): string {
  return `
gan 1
data points from gaussians.ring() { at: [2] }
generator G(x: [2]) -> [2] { x -> dense(3) -> batch_norm -> tanh -> dense(2) }
discriminator D(x: [2]) -> [1] { ${judge} }
${between === '' ? '' : 'discriminator E(x: [2]) -> [1] { x -> dense(3) -> tanh -> dense(1) }'}
train on points {
  batch: 3
  steps: 50
  ${train}
  real = points.at
  fake = G(0.5 * points.at)
  update D {
    loss: bce(D(real), 1) + bce(D(fake), 0)${penalty}
    optimizer: ${optimizer}
    ${options}
  }
  ${between}
  update G {
    loss: ${lossOfG}
    optimizer: sgd(lr: 1)
    ${moreOfG}
    ${unroll === undefined ? '' : `unroll: ${unroll}`}
  }
}`;
}

const POINTS = draw({ shape: [3, 2] }, 3).data;

/** G's update for the third time: what D's optimizer keeps is not zero by then. */
const COUNT = 3;

const inputsOf = (program: Program, count: number): Numbers =>
  Object.fromEntries(
    program.inputs.map(({ name, from }) => [
      name,
      from.kind === 'data' ? POINTS : from.kind === 'key' ? [1, 0, 0, 0] : [count],
    ]),
  );

/** The state after some runs, of these programs and with these counts. */
function ran(
  { set }: Compiled,
  state: Numbers,
  runs: readonly (readonly [name: string, count: number])[],
): Numbers {
  return runs.reduce((now, [name, count]) => {
    const program = set.programs[name]!;
    return interpret(program, inputsOf(program, count), now).state;
  }, state);
}

/** Weights and slots, as opposed to what norms and constraints keep. */
const isMovedAhead = (path: string) => !path.endsWith('/u') && !path.includes('moving_');

/** The loss of G after more updates of the others, which are really run; `done` says how often each has run before. */
function recomputed(plain: Compiled, state: Numbers, unroll: number, done: number, names: readonly string[]) {
  let now = state;
  for (let step = 1; step <= unroll; step++) {
    for (const name of names) {
      const moved = ran(plain, now, [[name, done + step]]);
      now = Object.fromEntries(
        Object.entries(moved).map(([path, value]) => [path, isMovedAhead(path) ? value : state[path]!]),
      );
    }
  }
  const program = plain.set.programs['update.G']!;
  return interpret(program, inputsOf(program, COUNT), now).outputs['loss G']![0]!;
}

/** The slopes of that for every weight of G, by central differences. */
function differences(state: Numbers, loss: (state: Numbers) => number): number[] {
  const step = 1e-5;
  return weightsOfG(state).flatMap((path) =>
    Array.from(state[path]!, (value, at) => {
      const moved = (shift: number) =>
        loss({ ...state, [path]: Array.from(state[path]!).with(at, value + shift) });
      return (moved(step) - moved(-step)) / (2 * step);
    }),
  );
}

const weightsOfG = (state: Numbers) =>
  Object.keys(state).filter((path) => path.startsWith('G/') && !path.includes('moving_'));

/** What G's update says its loss and its gradients are. */
function stated({ set }: Compiled, state: Numbers, program = set.programs['update.G']!) {
  const { outputs, state: moved } = interpret(program, inputsOf(program, COUNT), state);
  const slopes = weightsOfG(state).flatMap((path) =>
    Array.from(state[path]!, (value, at) => value - moved[path]![at]!),
  );
  return { loss: outputs['loss G']![0]!, slopes };
}

const cases: Readonly<Record<string, Parts>> = {
  sgd: {},
  'sgd with momentum': { optimizer: 'sgd(lr: 0.3, momentum: 0.8)' },
  adam: { optimizer: 'adam(lr: 0.05, beta1: 0.5)' },
  'adam without momentum': { optimizer: 'adam(lr: 0.05, beta1: 0, beta2: 0.9, l2: 0.1)' },
  adamw: { optimizer: 'adamw(lr: 0.05)' },
  adabelief: { optimizer: 'adabelief(lr: 0.05)' },
  rmsprop: { optimizer: 'rmsprop(lr: 0.05)' },
  clip_norm: { options: 'clip_norm: 0.2' },
  clip_weights: { options: 'clip_weights: 0.6' },
  gradient_penalty: { penalty: ' + 2 * r1(D(_), real) + r2(D(_), fake)' },
  orthogonal_penalty: { penalty: ' + 0.2 * orthogonal_penalty(D)' },
  'a layer that learns slower': { judge: 'x -> dense(4, lr: 0.3) -> tanh -> dense(1)' },
  'a loss with both scores': { lossOfG: 'mean(softplus(D(real) - D(fake)))' },
};

describe('the gradient of G through steps of D is that of a plain re-computation', () => {
  describe.each(Object.entries(cases))('%s', (_, parts) => {
    const plain = compiled(spec(parts));
    // Before G's third update D has moved three times.
    const state = ran(plain, initialState(plain), [
      ['update.D', 1],
      ['update.D', 2],
      ['update.D', 3],
    ]);
    test.each([1, 2, 3])('%d steps', (unroll) => {
      const loss = (from: Numbers) => recomputed(plain, from, unroll, 3, ['update.D']);
      const found = stated(compiled(spec({ ...parts, unroll })), state);
      expectClose([found.loss], [loss(state)]);
      expectClose(found.slopes, differences(state, loss), 1e-8);
      // The steps matter: without them the gradient is another one.
      const without = stated(plain, state).slopes;
      expect(Math.max(...found.slopes.map((slope, at) => Math.abs(slope - without[at]!)))).toBeGreaterThan(
        1e-4,
      );
    });
  });

  test('two opponents step in turn, the second one after the first', () => {
    const parts: Parts = {
      optimizer: 'adam(lr: 0.05)',
      between: 'update E { loss: l2(E(fake), D(fake)) + l2(E(real), 1)  optimizer: adam(lr: 0.1) }',
      lossOfG: 'bce(D(fake), 1) + bce(E(fake), 1)',
    };
    const plain = compiled(spec(parts));
    const turn = (count: number) =>
      [
        ['update.D', count],
        ['update.E', count],
      ] as const;
    const state = ran(plain, initialState(plain), [...turn(1), ...turn(2), ...turn(3)]);
    const loss = (from: Numbers) => recomputed(plain, from, 2, 3, ['update.D', 'update.E']);
    const found = stated(compiled(spec({ ...parts, unroll: 2 })), state);
    expectClose([found.loss], [loss(state)]);
    expectClose(found.slopes, differences(state, loss), 1e-8);
  });

  test('with `times`, the optimizer goes on counting its own steps', () => {
    const parts: Parts = { optimizer: 'adam(lr: 0.05)', options: 'times: 2', moreOfG: 'times: 2' };
    const plain = compiled(spec(parts));
    const state = ran(
      plain,
      initialState(plain),
      [1, 2, 3, 4].map((count) => ['update.D', count] as const),
    );
    const found = stated(compiled(spec({ ...parts, unroll: 2 })), state);
    // G's third update is the first of the second training step, so D has moved four times.
    const loss = (from: Numbers) => recomputed(plain, from, 2, 4, ['update.D']);
    expectClose([found.loss], [loss(state)]);
    expectClose(found.slopes, differences(state, loss), 1e-8);
  });

  test('with `draw: shared`, the steps begin where D is before it moves', () => {
    const parts: Parts = { optimizer: 'adam(lr: 0.05)' };
    const plain = compiled(spec(parts));
    const state = ran(plain, initialState(plain), [
      ['update.D', 1],
      ['update.D', 2],
    ]);
    const shared = compiled(spec({ ...parts, unroll: 2, train: 'draw: shared' }));
    const found = stated(shared, state, shared.set.programs.step!);
    const loss = (from: Numbers) => recomputed(plain, from, 2, 2, ['update.D']);
    expectClose([found.loss], [loss(state)]);
    expectClose(found.slopes, differences(state, loss), 1e-8);
  });
});

describe('what the steps ahead leave as it is', () => {
  const judge = `x -> dense(4, weights: spectral_norm) -> batch_norm -> tanh -> dropout(0.3) -> dense(1)`;
  const written = (program: Program) => program.updates.map(({ path }) => path).sort();

  test('no unrolling is the program without the word, bit for bit', () => {
    expect(compiled(spec({ unroll: 0, judge })).set).toEqual(compiled(spec({ judge })).set);
  });

  test('everything but G: weights, slots, statistics, what spectral_norm keeps', () => {
    const parts: Parts = { judge, optimizer: 'adam(lr: 0.05)' };
    const [plain, unrolled] = [compiled(spec(parts)), compiled(spec({ ...parts, unroll: 3 }))];
    expect(written(unrolled.set.programs['update.G']!)).toEqual(written(plain.set.programs['update.G']!));
    expect(written(unrolled.set.programs['update.G']!).every((path) => path.startsWith('G/'))).toBe(true);
    expect(unrolled.set.programs['update.D']).toEqual(plain.set.programs['update.D']);
  });

  test('with `draw: shared`, D and all that is kept of it move as without', () => {
    const parts: Parts = { judge, optimizer: 'adam(lr: 0.05)', train: 'draw: shared' };
    const [plain, unrolled] = [compiled(spec(parts)), compiled(spec({ ...parts, unroll: 3 }))];
    const state = initialState(plain);
    const step = ({ set }: Compiled) =>
      interpret(set.programs.step!, inputsOf(set.programs.step!, 1), state).state;
    const [before, now] = [step(plain), step(unrolled)];
    expect(Object.keys(now)).toEqual(Object.keys(before));
    for (const path of Object.keys(before)) {
      if (weightsOfG(before).includes(path)) expect(now[path]).not.toEqual(before[path]);
      else expect(now[path], path).toEqual(before[path]);
    }
  });

  test('spectral_norm holds the weights of every step by the same vectors', () => {
    const parts: Parts = { judge: 'x -> dense(4, weights: spectral_norm) -> tanh -> dense(1)' };
    const plain = compiled(spec(parts));
    const state = ran(plain, initialState(plain), [['update.D', 1]]);
    const found = stated(compiled(spec({ ...parts, unroll: 3 })), state);
    expectClose([found.loss], [recomputed(plain, state, 3, 1, ['update.D'])]);
  });

  test('dropout is drawn once, for all steps', () => {
    const drawn = (unroll: number) => {
      const { nodes } = compiled(spec({ judge, unroll })).set.programs['update.G']!;
      return nodes.filter(({ op }) => op === 'uniform').length;
    };
    // D(real) and D(fake).
    expect([drawn(1), drawn(3)]).toEqual([2, 2]);
  });

  test('a network that the update trains itself stands still, whoever else trains it', () => {
    const between = 'update D, E { loss: l2(E(fake), D(fake))  optimizer: sgd(lr: 0.1) }';
    const own = spec({ between, lossOfG: 'bce(D(fake), 1) + bce(E(fake), 1)', unroll: 1 });
    const { set } = compiled(own.replace('update G {', 'update G, E {'));
    const program = set.programs['update.G+E']!;
    const state = initialState({ set } as Compiled);
    const { outputs } = interpret(program, inputsOf(program, 1), state);
    const plain = compiled(own.replace('update G {', 'update G, E {').replace('unroll: 1', ''));
    const moved = ran(plain, state, [
      ['update.D', 1],
      ['update.D+E', 1],
    ]);
    const kept = Object.fromEntries(
      Object.entries(moved).map(([path, value]) => [path, path.startsWith('E/') ? state[path]! : value]),
    );
    const expected = interpret(plain.set.programs['update.G+E']!, inputsOf(program, 1), kept);
    expectClose(outputs['loss G+E']!, expected.outputs['loss G+E']!);
  });

  test('the cost is known: memory and work grow with every step', () => {
    const [none, one, three] = [0, 1, 3].map((unroll) => {
      const { model, compiled: made } = compile(new SourceFile('unroll.gan', spec({ unroll })));
      return { ...inspect(model!, made!).step!, estimate: estimateMemory(model!, model!.training!).step };
    });
    for (const [less, more] of [
      [none!, one!],
      [one!, three!],
    ] as const) {
      expect(more.flops).toBeGreaterThan(less.flops);
      expect(more.peakBytes).toBeGreaterThan(less.peakBytes);
      expect(more.stateBytes).toBe(less.stateBytes);
      expect(more.estimate).toBeGreaterThan(less.estimate);
    }
  });
});

describeOn(['tensorflow', 'wasm', 'cpu'], 'three steps ahead', (engine) => {
  test.each(['fresh', 'shared'])('draw: %s, every number as the reference says', async (draws) => {
    const { set, step } = compiled(`
gan 1
latent z: normal(4)
data faces from folder("faces") { image: [8, 8, 1] in [-1, 1] }
generator G(z) -> faces.image {
  z -> dense(32, bias: false) -> reshape(4, 4, 2) -> batch_norm -> relu
    -> conv2d_transpose(1, kernel: 4, stride: 2) -> tanh
}
discriminator D(x: faces.image) -> [1] {
  x -> conv2d(3, kernel: 4, stride: 2, weights: spectral_norm) -> leaky_relu(0.2) -> dropout(0.2)
    -> conv2d(3, kernel: 3) -> layer_norm -> swish -> flatten -> dense(1)
}
train on faces {
  batch: 3
  steps: 10
  draw: ${draws}
  fake = G(z)
  update D {
    loss: bce(D(faces.image), 1) + bce(D(fake), 0)
    optimizer: adam(lr: 0.01, beta1: 0.5, epsilon: 1e-3)
  }
  update G {
    loss: bce(D(fake), 1)
    optimizer: sgd(lr: 1)
    unroll: 3
  }
}`);
    const zeros = initialState({ set } as Compiled);
    const start = Object.fromEntries(
      Object.entries(zeros).map(([path, values]) => [path, Float32Array.from(values)]),
    );
    const inputs = {
      key: Int32Array.of(1, 0, 0, 0),
      count: Float32Array.of(1),
      'faces.image': Float32Array.from(draw({ shape: [3, 8, 8, 1] }, 1).data),
    };
    const session = await openEngine(engine).open(set, { threads: 1 });
    try {
      const name = step.at(-1)!.program;
      await session.writeState(new Map(Object.entries(start)));
      await session.run(name, inputs);
      const found = await session.readState();
      const expected = interpret(set.programs[name]!, inputs, start).state;
      const moved = set.state.filter(({ path }) => path.startsWith('G/'));
      for (const { path } of moved) {
        const move = (state: ArrayLike<number>) =>
          Array.from(state, (value, at) => value - start[path]![at]!);
        const [is, should] = [move(found.get(path)!), move(expected[path]!)];
        const largest = Math.max(...should.map(Math.abs));
        expect(largest, path).toBeGreaterThan(1e-3);
        expectClose(
          is.map((value) => value / largest),
          should.map((value) => value / largest),
          1e-3,
        );
      }
    } finally {
      await session.close();
    }
  });
});
