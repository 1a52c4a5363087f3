import { afterEach, expect, test, vi } from 'vitest';
import type { Examples } from '../../runtime/data/examples.ts';
import { open } from '../../runtime/data/loader.ts';
import { openers } from '../../runtime/data/sources/index.ts';
import { facts } from './facts.ts';

/** Registers a source of ten examples whose only value is their number, and counts what is asked of it. */
function counting(size = 10, delay = 0) {
  const asked: number[] = [];
  const examples: Examples = {
    size,
    async read(rows, out) {
      asked.push(rows[0]!.draw);
      if (delay) await new Promise((resolve) => setTimeout(resolve, delay));
      for (const [row, { index }] of rows.entries()) {
        out.number![row] = index;
        out.kind![row] = index % 3;
      }
    },
    close: vi.fn(async () => {}),
  };
  (openers as Map<string, unknown>).set('counting', async () => examples);
  return { asked, examples, set: facts('counting', {}, { number: [1], kind: 3 }) };
}
afterEach(() => {
  (openers as Map<string, unknown>).delete('counting');
});

test('an epoch is every example once; a batch that is left over goes on with the next epoch', async () => {
  const { set } = counting();
  const loader = await open(set, '.', { batch: 4, seed: 1 });
  const drawn: number[] = [];
  for (let position = 0; position < 10; position++) drawn.push(...(await loader.batch(position)).number!);
  for (let epoch = 0; epoch < 4; epoch++) {
    const examples = drawn.slice(10 * epoch, 10 * epoch + 10);
    expect([...examples].sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  }
  expect(drawn.slice(0, 10)).not.toEqual(drawn.slice(10, 20));
});

test('a batch larger than the set draws it more than once', async () => {
  const { set } = counting(3);
  const loader = await open(set, '.', { batch: 7, seed: 1 });
  const numbers = [...(await loader.batch(0)).number!];
  expect(new Set(numbers.slice(0, 3)).size).toBe(3);
  expect(new Set(numbers.slice(3, 6)).size).toBe(3);
});

test('a batch is the same whether the ones before it were asked for or not', async () => {
  const { set } = counting(97);
  const whole = await open(set, '.', { batch: 8, seed: 5 });
  const batches = [];
  for (let position = 0; position < 40; position++) batches.push(await whole.batch(position));
  for (const position of [23, 24, 39, 0, 7]) {
    const resumed = await open(set, '.', { batch: 8, seed: 5, prefetch: 1 });
    expect(await resumed.batch(position)).toEqual(batches[position]);
  }
  const other = await open(set, '.', { batch: 8, seed: 6 });
  expect(await other.batch(0)).not.toEqual(batches[0]);
});

test('two sets of one size, as in CycleGAN, are not drawn in step', async () => {
  const { set } = counting(50);
  const [horses, zebras] = await Promise.all(
    ['horses', 'zebras'].map((name) => open({ ...set, name }, '.', { batch: 50, seed: 9 })),
  );
  expect((await horses!.batch(0)).number).not.toEqual((await zebras!.batch(0)).number);
});

test('the fields of an example stay together', async () => {
  const { set } = counting(50);
  const loader = await open(set, '.', { batch: 50, seed: 9 });
  const { number, kind } = await loader.batch(0);
  expect(kind).toBeInstanceOf(Int32Array);
  expect([...number!].map((value) => value % 3)).toEqual([...kind!]);
});

test('reads a few batches ahead, not more, and each of them once', async () => {
  const { set, asked } = counting(1000, 1);
  const loader = await open(set, '.', { batch: 10, seed: 1, prefetch: 3 });
  await loader.batch(0);
  expect(asked).toEqual([0, 10, 20, 30]);
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(asked).toEqual([0, 10, 20, 30]);
  await loader.batch(1);
  expect(asked).toEqual([0, 10, 20, 30, 40]);
  // Jumping, as a resumed run does, forgets what was read for the old place.
  await loader.batch(50);
  expect(asked.slice(5)).toEqual([500, 510, 520, 530]);
  await loader.batch(2);
  expect(asked.slice(9)).toEqual([20, 30, 40, 50]);
});

test('a failure ahead is reported when that batch is asked for', async () => {
  const { set, examples } = counting(1000);
  const read = examples.read;
  (examples as { read: Examples['read'] }).read = (rows, out) => {
    if (rows[0]!.draw === 20) throw new Error('batch 2');
    return read(rows, out);
  };
  const loader = await open(set, '.', { batch: 10, seed: 1 });
  await loader.batch(0);
  await loader.batch(1);
  await new Promise((resolve) => setTimeout(resolve, 5));
  await expect(loader.batch(2)).rejects.toThrow('batch 2');
});

test('batches that are huge are not piled up', async () => {
  const { asked } = counting(100);
  // 300 MB a batch.
  const set = facts('counting', {}, { number: [75_000_000], kind: 3 });
  const loader = await open(set, '.', { batch: 1, seed: 1 });
  await loader.batch(0);
  expect(asked).toEqual([0, 1]);
  await loader.close();
});

test('close closes the source once, lets what is being read end, and ends the loader', async () => {
  const { set, examples, asked } = counting(1000, 5);
  const loader = await open(set, '.', { batch: 10, seed: 1 });
  await loader.batch(0);
  await loader.close();
  expect(examples.close).toHaveBeenCalledTimes(1);
  const before = asked.length;
  await expect(loader.batch(1)).rejects.toThrow('closed');
  expect(asked.length).toBe(before);
});

test('a stage of training that begins later goes through the set in an order of its own', async () => {
  const { set } = counting(97);
  const batchFrom = async (from?: number) =>
    (await open(set, '.', { batch: 97, seed: 5, ...(from === undefined ? {} : { from }) })).batch(0);
  expect(await batchFrom(0)).toEqual(await batchFrom());
  expect(await batchFrom(300)).toEqual(await batchFrom(300));
  expect(await batchFrom(300)).not.toEqual(await batchFrom());
  expect([...(await batchFrom(300)).number!].sort((a, b) => a - b)).toEqual([...Array(97).keys()]);
});
