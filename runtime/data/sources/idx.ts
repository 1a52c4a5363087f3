import { DataError } from '../data-error.ts';
import { type DatasetFacts, fieldName, stringArgument } from '../dataset.ts';
import type { Examples, SourceContext } from '../examples.ts';
import { idxIntegers, readIdx } from '../idx-file.ts';
import { checkLabels } from '../label-count.ts';
import { pixelExamples } from '../pixel-examples.ts';
import type { PixelStore } from '../pixels.ts';

/** `idx(images: "train-images-idx3-ubyte", labels: "train-labels-idx1-ubyte")` */
export async function openIdx(dataset: DatasetFacts, context: SourceContext): Promise<Examples> {
  const images = context.root.resolve(stringArgument(dataset, 'images')!);
  const labels = stringArgument(dataset, 'labels');
  return idxExamples(dataset, images, labels === null ? null : context.root.resolve(labels), context.warn);
}

/** Images and their classes out of two IDX files. */
export async function idxExamples(
  dataset: DatasetFacts,
  imageFile: string,
  labelFile: string | null,
  warn: (message: string) => void,
): Promise<Examples> {
  const images = await readImages(imageFile);
  const labelled = dataset.fields.filter((field) => field.type.label !== null);
  if (labelled.length === 0) return pixelExamples(dataset, images, null);
  if (labelFile === null) {
    throw new DataError(
      `${fieldName(dataset, labelled[0]!)} is a label, but idx is given no labels`,
      'add the file: idx(images: "…", labels: "…")',
    );
  }
  const labels = await readLabels(labelFile, images.count, imageFile);
  for (const field of labelled) checkLabels(dataset, field, labels, 'image', labelFile, warn);
  return pixelExamples(dataset, images, labels);
}

async function readImages(file: string): Promise<PixelStore> {
  const { type, shape, body } = await readIdx(file);
  const [count = 0, height = 0, width = 0, channels = 1] = shape;
  if (shape.length < 3) {
    throw new DataError(
      `${file} holds [${shape.join(', ')}], but images are [count, height, width]`,
      'check whether images: and labels: are swapped',
    );
  }
  if (type !== 'uint8') throw new DataError(`${file} holds ${type} numbers, but images are bytes (uint8)`);
  if (channels !== 1 && channels !== 3 && channels !== 4) {
    throw new DataError(`${file} holds images of ${channels} channels; 1, 3 and 4 are understood`);
  }
  if (body.length === 0) throw new DataError(`${file} holds no images`);
  return { bytes: body, count, height, width, channels };
}

async function readLabels(file: string, count: number, imageFile: string): Promise<Uint8Array | Int32Array> {
  const idx = await readIdx(file);
  if (idx.shape.length !== 1) {
    throw new DataError(
      `${file} holds [${idx.shape.join(', ')}], but labels are a plain list`,
      'check whether images: and labels: are swapped',
    );
  }
  if (idx.shape[0] !== count) {
    throw new DataError(
      `${file} holds ${idx.shape[0]} labels, but ${imageFile} holds ${count} images`,
      'use the two files that belong together',
    );
  }
  return idxIntegers(idx, file);
}
