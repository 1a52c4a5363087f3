import { describe, expect, test } from 'vitest';
import { type Compiled, programAt } from '../../compiler/4-lower/compiled.ts';
import { dueTogether } from '../../compiler/4-lower/lazy.ts';
import { compile } from '../../compiler/compile.ts';
import { inspect } from '../../compiler/print/inspection.ts';
import { SourceFile } from '../../compiler/source/source-file.ts';
import { sizeOf } from '../../compiler/tensor/index.ts';
import { RunOrder } from '../../runtime/train/run-order.ts';
import { Trainer } from '../../runtime/train/trainer.ts';
import { expectClose } from '../reference/close.ts';
import { draw } from '../reference/draw.ts';
import { interpret } from '../reference/interpreter.ts';
import { referenceSession } from '../train/reference-session.ts';
import { smallJob } from '../train/small-job.ts';

function read(penalty: string, draws = 'fresh', more = '') {
  const result = compile(
    new SourceFile(
      'lazy.gan',
      `
gan 1
latent z: normal(3)
data points from gaussians.ring() { at: [2] }
generator G(z) -> [2] { z -> dense(4) -> elu -> dense(2) }
discriminator D(x: [2]) -> [1] { x -> dense(4) -> elu -> dense(1) }
train on points {
  batch: 4
  steps: 50
  draw: ${draws}
  fake = G(z)
  update D {
    loss: bce(D(points.at), 1) + bce(D(fake), 0)${penalty}
    optimizer: sgd(lr: 1)
  }
  update G {
    loss: bce(D(fake), 1)${more}
    optimizer: sgd(lr: 1)
  }
}
`,
    ),
  );
  const errors = result.diagnostics.filter(({ severity }) => severity === 'error');
  return { ...result, errors: errors.map(({ message }) => message) };
}

function compiled(penalty: string, draws?: string, more?: string): Compiled {
  const { compiled: made, errors } = read(penalty, draws, more);
  expect(errors).toEqual([]);
  return made!;
}

/** The weights of D after one update from the same start; the noise of programs with other names differs. */
function after({ set }: Compiled, name: string): number[] {
  const state = Object.fromEntries(
    set.state.map(({ path, shape }, at) => [path, draw({ shape }, 10 + at).data]),
  );
  const inputs = { 'points.at': draw({ shape: [4, 2] }, 3).data, key: [1, 0, 0, 0], count: [1] };
  const { state: moved } = interpret(set.programs[name]!, inputs, state);
  const paths = set.state.map(({ path }) => path).filter((path) => path.startsWith('D/'));
  expect(
    paths.reduce((sum, path) => sum + sizeOf(set.state.find((one) => one.path === path)!.shape), 0),
  ).toBe(17);
  return paths.flatMap((path) => Array.from(moved[path]!));
}

test('a penalty every 4 steps counts four times at those steps, and not at all at others', () => {
  // Real data alone: fakes would be drawn by the name of the program.
  const lazy = compiled(' + 5 * r1(D(_), points.at, every: 4) - bce(D(fake), 0)');
  const rest = ' - bce(D(fake), 0)';
  expectClose(after(lazy, 'update.D'), after(compiled(rest), 'update.D'), 1e-9);
  expectClose(
    after(lazy, 'update.D every 4'),
    after(compiled(` + 20 * r1(D(_), points.at)${rest}`), 'update.D'),
    1e-9,
  );
});

describe('what is due together', () => {
  test.each([
    [[], []],
    [[16], [[16]]],
    // Whenever 16 is due, so is 4.
    [
      [4, 16],
      [[4, 16], [4]],
    ],
    [
      [4, 6],
      [[4, 6], [4], [6]],
    ],
    [
      [2, 3, 6],
      [[2, 3, 6], [2], [3]],
    ],
  ])('%j', (intervals, expected) => {
    expect(dueTogether(intervals)).toEqual(expected);
  });
});

test('with draw: shared there is a program for every list of penalties that are due together', () => {
  const { step, set } = compiled(
    ' + 5 * r1(D(_), points.at, every: 4)',
    'shared',
    ' + path_length(G(_), z, every: 2)',
  );
  expect(step[0]!.lazily).toEqual([
    { every: [2, 4], program: 'step every 2 and 4' },
    { every: [2], program: 'step every 2' },
  ]);
  expect(Object.keys(set.programs)).toEqual(expect.arrayContaining(step[0]!.lazily.map((l) => l.program)));
  expect([0, 1, 2, 3, 4].map((at) => programAt(step[0]!, at))).toEqual([
    'step every 2 and 4',
    'step',
    'step every 2',
    'step',
    'step every 2 and 4',
  ]);
});

test('the trainer runs them when they are due, also after it was resumed', async () => {
  const made = compiled(' + 5 * r1(D(_), points.at, every: 3)');
  const batch = async (position: number) => ({
    at: Float32Array.from({ length: 8 }, (_, i) => Math.sin(position + i)),
  });
  const start = () => {
    const names: string[] = [];
    const session = referenceSession(made.set);
    const run: typeof session.run = (name, inputs) => {
      names.push(name);
      return session.run(name, inputs);
    };
    const loaders = new Map([['points', { size: 10, batch }]]);
    return {
      names,
      trainer: new Trainer({ ...smallJob(), compiled: made }, { ...session, run }, loaders, 5),
    };
  };
  const whole = start();
  await whole.trainer.initialize();
  await whole.trainer.takeStep();
  await whole.trainer.takeStep();
  const saved = await whole.trainer.checkpoint('reference', 50);
  expect(saved.counts).toEqual({ 'update.D': 2, 'update.G': 2 });
  const losses = [await whole.trainer.takeStep(), await whole.trainer.takeStep()];
  const ofD = whole.names.filter((name) => name.startsWith('update.D'));
  expect(ofD).toEqual(['update.D every 3', 'update.D', 'update.D', 'update.D every 3']);
  const again = start();
  await again.trainer.restore(saved);
  expect([await again.trainer.takeStep(), await again.trainer.takeStep()]).toEqual(losses);
  expect(new RunOrder(made).at(0)).toHaveLength(2);
});

test('a step is counted with its share of the penalties', () => {
  const flops = (penalty: string) => {
    const { model, compiled: made } = read(penalty);
    return inspect(model!, made!).step!.flops;
  };
  const [none, always, lazily] = [
    flops(''),
    flops(' + 5 * r1(D(_), points.at)'),
    flops(' + 5 * r1(D(_), points.at, every: 4)'),
  ];
  expect(lazily).toBeGreaterThan(none);
  expect(lazily).toBeLessThan(none + (always - none) / 3);
});

test('there may be few intervals', () => {
  const penalties = [2, 3, 4, 5].map((every) => ` + r1(D(_), points.at, every: ${every})`).join('');
  expect(read(penalties).errors).toEqual([
    '`every` of r1 takes an interval that another penalty has already, 2, 3 or 4, since there may be 3, but is given 5',
  ]);
});
