import { expect, test } from 'vitest';
import { NonFiniteError } from '../../runtime/engines/engine.ts';
import { randomKey, trainingInputs } from '../../runtime/train/inputs.ts';
import { RunOrder } from '../../runtime/train/run-order.ts';
import { Trainer } from '../../runtime/train/trainer.ts';
import { referenceSession } from './reference-session.ts';
import { smallJob, smallLoaders } from './small-job.ts';

const job = smallJob();
const order = new RunOrder(job.compiled);

function start(seed = 1, quirks = {}) {
  const own = smallJob(quirks);
  const session = referenceSession(own.compiled.set);
  return { session, trainer: new Trainer(own, session, smallLoaders(), seed) };
}

test('a step is its updates in the order written, each as often as it says', () => {
  expect(order.at(0).map(({ program, count }) => `${program.name} ${count}`)).toEqual([
    'update.D 1',
    'update.D 2',
    'update.G 1',
  ]);
});

test('counts, keys, schedules and batches follow from the number of the step', async () => {
  const asked: number[] = [];
  const loaders = smallLoaders(asked);
  const runs = order.at(10);
  const second = await trainingInputs(runs[1]!, 10, 2 ** 33 + 5, loaders);
  expect([...(second.key as Int32Array)]).toEqual([5, 2, 10, 1]);
  expect(second.rate![0]).toBeCloseTo(0.45, 6);
  expect(second['points.point']).toHaveLength(8);
  const third = await trainingInputs(runs[2]!, 10, 5, loaders);
  expect([...(third.key as Int32Array)]).toEqual([5, 0, 10, 2]);
  expect(third.count![0]).toBe(11);
  // Two batches a step are drawn: step 10 has numbers 20 and 21.
  expect(asked).toEqual([21]);
  expect(order.countsAt(10, 1)).toEqual({ 'update.D': 21, 'update.G': 10 });
  expect(order.drawsAt(10, 1)).toEqual({ points: 21 });
});

test('times of a schedule: counts and batches go on from those of the steps before', () => {
  const [D, G] = job.compiled.step;
  const times = {
    schedule: 'piecewise',
    args: {
      points: [
        [0, 3.4],
        [2, 3.4],
        [2, 1],
        [3, 0],
      ],
    },
  };
  const scheduled = new RunOrder({ ...job.compiled, step: [{ ...D!, times }, G!] });
  const counts = (step: number) => scheduled.at(step).map(({ program, count }) => `${program.name} ${count}`);
  expect(counts(1)).toEqual(['update.D 4', 'update.D 5', 'update.D 6', 'update.G 2']);
  expect(counts(2)).toEqual(['update.D 7', 'update.G 3']);
  // A schedule that falls to 0 leaves one.
  expect(counts(5)).toEqual(['update.D 10', 'update.G 6']);
  expect(scheduled.at(2)[0]!.draws.get('points')).toEqual({ first: 6, count: 1 });
  expect(scheduled.countsAt(1, 2)).toEqual({ 'update.D': 5, 'update.G': 1 });
  expect(scheduled.drawsAt(2, 1)).toEqual({ points: 7 });
});

test('every run of a training has a key of its own', () => {
  const keys = new Set<string>();
  for (let step = 0; step < 50; step++)
    for (const { place } of order.at(step)) keys.add(String(randomKey(3, step, place)));
  expect(keys.size).toBe(150);
});

test('training learns: both losses fall', async () => {
  const { trainer } = start();
  await trainer.initialize();
  const first = { ...(await trainer.takeStep()) };
  for (let i = 0; i < 30; i++) await trainer.takeStep();
  const last = await trainer.takeStep();
  expect(Object.keys(last)).toEqual(['loss D', 'loss G']);
  expect(last['loss G']!).toBeLessThan(first['loss G']! / 2);
});

test('40 steps are 20, a checkpoint, and 20 more in another process, bit for bit', async () => {
  const whole = start();
  await whole.trainer.initialize();
  for (let i = 0; i < 40; i++) await whole.trainer.takeStep();

  const half = start();
  await half.trainer.initialize();
  for (let i = 0; i < 20; i++) await half.trainer.takeStep();
  const saved = await half.trainer.checkpoint('cpu', 40);
  expect(saved).toMatchObject({
    step: 20,
    run: 0,
    counts: { 'update.D': 40, 'update.G': 20 },
    positions: { points: { batch: 40, epoch: 16 } },
  });

  const resumed = start();
  await resumed.trainer.restore(saved);
  for (let i = 0; i < 20; i++) await resumed.trainer.takeStep();
  expect(await resumed.session.readState()).toEqual(await whole.session.readState());

  const other = start(2);
  await other.trainer.initialize();
  for (let i = 0; i < 40; i++) await other.trainer.takeStep();
  expect(await other.session.readState()).not.toEqual(await whole.session.readState());
});

test('a loss that is not finite stops within the step; a checkpoint goes on from just there', async () => {
  const { trainer, session } = start(1, { breaksInStep: 3 });
  await trainer.initialize();
  await trainer.takeStep();
  await trainer.takeStep();
  await expect(trainer.takeStep()).rejects.toThrow(NonFiniteError);
  expect([trainer.step, trainer.run]).toEqual([2, 2]);
  const saved = await trainer.checkpoint('cpu', 40);
  expect(saved).toMatchObject({ step: 2, run: 2, counts: { 'update.D': 6, 'update.G': 2 } });

  const again = start(1, { breaksInStep: 3 });
  await again.trainer.restore(saved);
  await expect(again.trainer.takeStep()).rejects.toThrow(/loss G of update\.G is NaN/);
  expect(await again.session.readState()).toEqual(await session.readState());
});

test('weights that are not finite never become a checkpoint', async () => {
  const { trainer, session } = start();
  await trainer.initialize();
  await session.writeState(new Map([['G/w', Float32Array.of(1, Number.POSITIVE_INFINITY)]]));
  await expect(trainer.checkpoint('cpu', 40)).rejects.toThrow(/G\/w of the state is Infinity/);
});
