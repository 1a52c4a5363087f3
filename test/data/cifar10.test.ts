import path from 'node:path';
import { expect, test } from 'vitest';
import { open } from '../../runtime/data/loader.ts';
import { facts } from './facts.ts';
import { emptyFolder, writeFiles } from './workbench.ts';

/** Two images; image i of batch b has the label i and the colour (b, 10, 20 + i), planes one after the other. */
function batch(b: number): Buffer {
  return Buffer.concat(
    [0, 1].map((i) =>
      Buffer.concat([
        Buffer.of(i),
        Buffer.alloc(1024, b),
        Buffer.alloc(1024, 10),
        Buffer.alloc(1024, 20 + i),
      ]),
    ),
  );
}

const set = (args: Record<string, unknown> = {}) =>
  facts('cifar10', args, { image: [32, 32, 3], class: 10 }, [0, 255]);

test('planes become pixels; images keep their labels', async () => {
  const folder = await emptyFolder();
  for (let b = 1; b <= 5; b++) await writeFiles(folder, { [`cifar/data_batch_${b}.bin`]: batch(b) });
  await writeFiles(folder, { 'cifar/test_batch.bin': batch(9) });
  const loader = await open(set({ path: 'cifar' }), folder, { batch: 10, seed: 0 });
  expect(loader.size).toBe(10);
  const { image, class: label } = await loader.batch(0);
  const firsts = new Set<number>();
  for (let row = 0; row < 10; row++) {
    const pixel = [...image!.subarray(3072 * row + 300, 3072 * row + 303)];
    firsts.add(pixel[0]!);
    expect(pixel.slice(1)).toEqual([10, 20 + label![row]!]);
  }
  expect([...firsts].sort()).toEqual([1, 2, 3, 4, 5]);
  const held = await open(set({ path: 'cifar', part: 'test' }), folder, { batch: 2, seed: 0 });
  expect(held.size).toBe(2);
});

test('says where to get it and where to put it; refuses what it is not', async () => {
  const folder = await emptyFolder();
  const refusal = async (args = {}) => open(set(args), folder, { batch: 1, seed: 0 }).catch((error) => error);
  const missing = await refusal();
  expect(missing.message).toContain(path.join(folder, 'data/cifar-10-batches-bin/data_batch_1.bin'));
  expect(missing.help).toContain('cs.toronto.edu');
  await writeFiles(folder, { 'short/data_batch_1.bin': batch(1).subarray(0, 5000) });
  expect((await refusal({ path: 'short' })).message).toContain('data_batch_1.bin has 5000 bytes');
  await writeFiles(folder, { 'other/data_batch_1.bin': Buffer.alloc(3073, 77) });
  expect((await refusal({ path: 'other' })).message).toContain('holds the label 77 for image 1');
  expect((await refusal({ path: '..' })).message).toContain('lies outside');
});
