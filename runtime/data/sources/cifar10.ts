import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { DataError } from '../data-error.ts';
import { type DatasetFacts, stringArgument } from '../dataset.ts';
import type { Examples, SourceContext } from '../examples.ts';
import { pixelExamples } from '../pixel-examples.ts';

const SIDE = 32;
const PLANE = SIDE * SIDE;
/** A label, then the red, the green and the blue plane. */
const RECORD = 1 + 3 * PLANE;

/**
 * `cifar10()`: the original binary files, 10,000 images each, from a folder that must have been filled by hand; it
 * is not downloaded.
 */
export async function openCifar10(dataset: DatasetFacts, context: SourceContext): Promise<Examples> {
  const written = stringArgument(dataset, 'path') ?? 'data/cifar-10-batches-bin';
  const names =
    stringArgument(dataset, 'part') === 'test'
      ? ['test_batch.bin']
      : [1, 2, 3, 4, 5].map((number) => `data_batch_${number}.bin`);
  const batches: Buffer[] = [];
  for (const name of names) batches.push(await readBatch(context, written, name));
  const count = batches.reduce((sum, batch) => sum + batch.length / RECORD, 0);
  const bytes = new Uint8Array(count * 3 * PLANE);
  const labels = new Uint8Array(count);
  let image = 0;
  for (const batch of batches) {
    for (let start = 0; start < batch.length; start += RECORD, image++) {
      labels[image] = batch[start]!;
      for (let channel = 0; channel < 3; channel++) {
        for (let i = 0; i < PLANE; i++) {
          bytes[(image * PLANE + i) * 3 + channel] = batch[start + 1 + channel * PLANE + i]!;
        }
      }
    }
  }
  return pixelExamples(dataset, { bytes, count, height: SIDE, width: SIDE, channels: 3 }, labels);
}

async function readBatch(context: SourceContext, written: string, name: string): Promise<Buffer> {
  let file: string;
  try {
    file = context.root.resolve(path.join(written, name));
  } catch (error) {
    if (!(error instanceof DataError) || error.code !== 'data-not-found') throw error;
    throw new DataError(
      `CIFAR-10 is not there: ${path.resolve(context.root.folder, written, name)} does not exist`,
      'get cifar-10-binary.tar.gz from https://www.cs.toronto.edu/~kriz/cifar.html and unpack it there',
    );
  }
  const { size } = await stat(file);
  if (size === 0 || size % RECORD !== 0 || size > 60_000 * RECORD) {
    throw new DataError(
      `${file} has ${size} bytes, but a file of CIFAR-10 has ${RECORD} for each of its 10,000 images`,
      'use the binary version of CIFAR-10, and copy or download the file again',
    );
  }
  const bytes = await readFile(file);
  for (let start = 0; start < bytes.length; start += RECORD) {
    if (bytes[start]! > 9) {
      throw new DataError(
        `${file} holds the label ${bytes[start]} for image ${start / RECORD + 1}, but labels are 0 to 9`,
        'use the binary version of CIFAR-10, not that of CIFAR-100',
      );
    }
  }
  return bytes;
}
