import { describe, expect, test } from 'vitest';
import type { Compiled } from '../../compiler/4-lower/compiled.ts';
import { functions } from '../../compiler/functions/index.ts';
import * as t from '../../compiler/tensor/index.ts';
import { openEngine } from '../../runtime/engines/index.ts';
import { Trainer } from '../../runtime/train/trainer.ts';
import { findings } from '../3-check/findings.ts';
import { compiled, initialState } from '../4-lower/compiled-text.ts';
import { describeOn } from '../engines/on-each-engine.ts';
import { readCall } from '../layers/written-call.ts';
import { expectClose } from '../reference/close.ts';
import { draw } from '../reference/draw.ts';
import { interpret, type Numbers } from '../reference/interpreter.ts';
import { referenceSession } from '../train/reference-session.ts';
import { smallJob } from '../train/small-job.ts';

/** What a pool shows in each of many steps, of examples that are numbers from 1 on: their own number each, and half of it. */
function shown(size: number, batch: number, steps: number) {
  const { definition, args } = readCall(`pool(size: ${size})`, functions);
  const builder = new t.Builder('pool');
  const input = (name: string, shape: readonly number[]) =>
    t.input(builder, { name, shape, dtype: 'f32', from: { kind: 'count' } });
  const key = t.input(builder, { name: 'key', shape: [4], dtype: 'i32', from: { kind: 'key' } });
  const weights = new Map(
    definition.weights!([[2]], args, [null]).map(({ name, shape }) => [name, input(name, shape)]),
  );
  let draws = 0;
  const unwanted = () => {
    throw new Error('a pool has no use for it');
  };
  const y = definition.lower({
    builder,
    inputs: [input('x', [batch, 2])],
    args,
    training: true,
    weight: (name) => weights.get(name)!,
    scheduled: unwanted,
    reference: unwanted,
    normal: unwanted,
    assign: (name, value) => builder.output(`next ${name}`, value),
    uniform: (shape) => t.uniform(key, shape, ++draws),
  });
  builder.output('y', y);
  const program = builder.finish();
  let [kept, count]: ArrayLike<number>[] = [new Float64Array(2 * size), [0]];
  return Array.from({ length: steps }, (_, step) => {
    const given = Array.from({ length: batch }, (_, i) => step * batch + i + 1);
    const x = given.flatMap((number) => [number, number / 2]);
    const { outputs } = interpret(program, { x, kept: kept!, count: count!, key: [5, 0, step, 0] });
    const numbers = (values: ArrayLike<number>) =>
      Array.from({ length: values.length / 2 }, (_, i) => {
        expect(values[2 * i + 1]).toBe(values[2 * i]! / 2);
        return values[2 * i]!;
      });
    const before = numbers(kept!);
    [kept, count] = [outputs['next kept']!, outputs['next count']!];
    return { given, before, after: numbers(kept), shown: numbers(outputs.y!), count: count[0]! };
  });
}

describe('a pool', () => {
  test('is filled by the first examples, which are given back as they are', () => {
    const steps = shown(5, 2, 3);
    expect(steps.map(({ count }) => count)).toEqual([2, 4, 5]);
    for (const { given, shown } of steps) expect(shown).toEqual(given);
    expect(steps[2]!.after).toEqual([1, 2, 3, 4, 5]);
  });

  test.each([
    [50, 1],
    [5, 2],
    [7, 3],
    [4, 4],
  ])(
    'of %d, with batches of %d: half of the rest take the place of earlier ones, which are shown',
    (size, batch) => {
      const full = shown(size, batch, 700).slice(Math.ceil(size / batch));
      let changed = 0;
      const places = new Array<number>(size).fill(0);
      for (const { given, before, after, shown } of full) {
        const taken = new Set<number>();
        for (const [index, number] of shown.entries()) {
          if (number === given[index]) continue;
          const place = before.indexOf(number);
          expect(place).toBeGreaterThanOrEqual(0);
          expect(after[place]).toBe(given[index]);
          taken.add(place);
          places[place]!++;
          changed++;
        }
        for (const [place, number] of before.entries())
          if (!taken.has(place)) expect(after[place]).toBe(number);
      }
      expect(Math.abs(changed / (full.length * batch) - 0.5)).toBeLessThan(0.06);
      const each = changed / size;
      for (const count of places) expect(Math.abs(count - each)).toBeLessThan(6 * Math.sqrt(each));
    },
  );

  test('leaves alone what a batch has more than it', () => {
    const steps = shown(2, 5, 50);
    expect(steps[0]!.shown).toEqual(steps[0]!.given);
    for (const { given, shown } of steps) expect(shown.slice(2)).toEqual(given.slice(2));
    expect(steps.some(({ given, shown }) => shown[0] !== given[0])).toBe(true);
  });
});

const spec = (train: string, loss = 'mean(D(pool(fake, size: 6))) - mean(D(real))') => `
gan 1
latent z: normal(2)
data points from gaussians.ring() { at: [2] }
generator G(z) -> [2] { z -> dense(3) -> tanh -> dense(2) }
discriminator D(x: [2]) -> [1] { x -> dense(4) -> tanh -> dense(1) }
train on points {
  batch: 4
  steps: 30
  ${train}
  real = points.at
  fake = G(z)
  update D { loss: ${loss}  optimizer: adam(lr: 0.01) }
  update G { loss: -mean(D(fake))  optimizer: adam(lr: 0.01) }
}
sample G { grid: [2, 2] }
evaluate G { samples: 4  distance: pairwise_distance(pool(G(z), size: 6), points.at) }`;

const pathsIn = ({ set }: Compiled, program: string) => [
  ...set.programs[program]!.updates.map(({ path }) => path),
  ...set.programs[program]!.nodes.filter(({ op }) => op === 'state').map(({ attributes }) =>
    String((attributes as { path: string }).path),
  ),
];

function trainerOf(made: Compiled) {
  const session = referenceSession(made.set);
  const batch = async (position: number) => ({
    at: Float32Array.from({ length: 8 }, (_, i) => Math.sin(position + i)),
  });
  const loaders = new Map([['points', { size: 10, batch }]]);
  return { session, trainer: new Trainer({ ...smallJob(), compiled: made }, session, loaders, 5) };
}

describe('in a training', () => {
  test.each(['fresh', 'shared'])('with draw: %s it belongs to the update that reads it alone', (draws) => {
    const made = compiled(spec(`draw: ${draws}`));
    const pools = made.set.state.filter(({ path }) => path.includes('/pool/'));
    expect(pools.map(({ shape, role }) => [shape, role])).toEqual([
      [[6, 2], 'slot'],
      [[1], 'slot'],
    ]);
    const holders = Object.keys(made.set.programs).filter((name) =>
      pathsIn(made, name).some((path) => path.includes('/pool/')),
    );
    expect(holders).toEqual([draws === 'fresh' ? 'update.D' : 'step']);
  });

  test('the rest of a training is that without it until it is full', async () => {
    const [pooled, plain] = [spec(''), spec('', 'mean(D(fake)) - mean(D(real))')].map((text) =>
      trainerOf(compiled(text)),
    );
    for (const { trainer } of [pooled!, plain!]) await trainer.initialize();
    // Two steps of 4 fill the 6 places.
    for (const step of [1, 2, 3, 4, 5, 6]) {
      const losses = [await pooled!.trainer.takeStep(), await plain!.trainer.takeStep()];
      if (step <= 2) expect(losses[0]).toEqual(losses[1]);
      if (step === 6) expect(losses[0]).not.toEqual(losses[1]);
    }
  });

  test('goes on from a checkpoint bit for bit', async () => {
    const made = compiled(spec(''));
    const [whole, half, resumed] = [trainerOf(made), trainerOf(made), trainerOf(made)];
    for (const { trainer } of [whole, half]) await trainer.initialize();
    for (let step = 0; step < 20; step++) await whole.trainer.takeStep();
    for (let step = 0; step < 7; step++) await half.trainer.takeStep();
    const saved = await half.trainer.checkpoint('cpu', 20);
    expect([...saved.state.keys()].filter((path) => path.includes('/pool/'))).toHaveLength(2);
    await resumed.trainer.restore(saved);
    for (let step = 7; step < 20; step++) await resumed.trainer.takeStep();
    expect(await resumed.session.readState()).toEqual(await whole.session.readState());
  });

  test('gradients reach new examples and no kept ones', () => {
    // G is moved by a loss on its pooled fakes; every fake that was changed has no slope.
    const text = spec('', 'mean(D(real))').replace('-mean(D(fake))', 'mean(pool(fake, size: 4))');
    const made = compiled(text);
    const program = made.set.programs['update.G']!;
    const start = initialState(made);
    const inputs = (step: number) => ({ key: [1, 0, step, 0], count: [1] });
    const kept = Object.keys(start).find((path) => path.endsWith('/pool/kept'))!;
    const filled = interpret(program, inputs(0), start).state;
    const moved = [1, 2, 3, 4, 5].map((step) => {
      const bias = 'G/dense.2/bias';
      const before = interpret(program, inputs(step), { ...filled, 'adam/G/dense.2/bias/m': [0, 0] });
      const changes = [0, 1, 2, 3].filter(
        (row) => before.state[kept]![2 * row] !== filled[kept]![2 * row],
      ).length;
      // The slope of the mean of 8 numbers for a bias that is in one of each example.
      return { changes, slope: before.state[`adam/${bias}/m`]![0]! / (1 - 0.9) };
    });
    expect(new Set(moved.map(({ changes }) => changes)).size).toBeGreaterThan(1);
    expectClose(
      moved.map(({ slope }) => slope),
      moved.map(({ changes }) => (4 - changes) / 8),
    );
  });

  test('a network cannot have one, nor can a module of it', () => {
    const inside = spec('').replace('{ x -> dense(4)', '{ x -> pool -> dense(4)');
    expect(findings(inside)[0]).toContain('pool-inside-network: pool keeps examples');
    const module = `${spec('').replace('{ x -> dense(4)', '{ x -> Old -> dense(4)')}
module Old(x: [N]) -> [N] { x -> pool(size: 3) }`;
    expect(findings(module).filter((text) => text.startsWith('pool-inside-network'))).toHaveLength(1);
  });
});

describeOn(['tensorflow', 'wasm', 'cpu'], 'a pool over many steps', (engine) => {
  test('every number as the reference says', async () => {
    const made = compiled(spec(''));
    const program = made.set.programs['update.D']!;
    let expected: Numbers = Object.fromEntries(
      Object.entries(initialState(made)).map(([path, values]) => [path, Float32Array.from(values)]),
    );
    const session = await openEngine(engine).open(made.set, { threads: 1 });
    try {
      await session.writeState(new Map(Object.entries(expected) as [string, Float32Array][]));
      for (let step = 0; step < 8; step++) {
        const inputs = {
          key: Int32Array.of(1, 0, step, 0),
          count: Float32Array.of(step + 1),
          'points.at': Float32Array.from(draw({ shape: [4, 2] }, step).data),
        };
        await session.run('update.D', inputs);
        expected = interpret(program, inputs, expected).state;
      }
      const found = await session.readState();
      for (const { path } of made.set.state.filter(({ path }) => path.includes('/pool/'))) {
        expectClose(found.get(path)!, expected[path]!, 1e-5);
      }
    } finally {
      await session.close();
    }
  });
});
