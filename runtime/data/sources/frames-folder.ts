import { frameCount } from '../../../compiler/diagnostics/codes/frame-count.ts';
import { philox, placeOf } from '../../../compiler/tensor/random.ts';
import { found } from '../../found-error.ts';
import { DataError } from '../data-error.ts';
import { type DatasetFacts, fieldName, stringArgument } from '../dataset.ts';
import type { Examples, SourceContext } from '../examples.ts';
import { FileExamples } from '../file-examples.ts';
import { listImages } from '../image-files.ts';
import { seedWords } from '../permutation.ts';

/**
 * `frames_folder("data/clips")`: every folder that holds images is a clip, its images the frames in natural order.
 * Of a longer clip, each draw takes as many frames in a row as declared, from a place that the seed decides.
 */
export async function openFramesFolder(dataset: DatasetFacts, context: SourceContext): Promise<Examples> {
  const written = stringArgument(dataset, 'path')!;
  const wanted = Math.max(...dataset.fields.map((field) => clipLength(dataset, field)));
  const clips = new Map<string, string[]>();
  for (const { file, name } of await listImages(context.root, written)) {
    const folder = name.slice(0, Math.max(0, name.lastIndexOf('/')));
    const frames = clips.get(folder);
    if (frames) frames.push(file);
    else clips.set(folder, [file]);
  }
  const usable = [...clips].filter(([, frames]) => frames.length >= wanted);
  const short = [...clips].filter(([, frames]) => frames.length < wanted);
  const [longest, frames] = [...clips].reduce((a, b) => (b[1].length > a[1].length ? b : a));
  if (usable.length === 0) {
    const field = fieldName(dataset, dataset.fields.find((one) => clipLength(dataset, one) === wanted)!);
    throw found(frameCount, field, {
      problem: 'short',
      field,
      wanted,
      folder: written,
      longest: longest || written,
      frames: frames.length,
    });
  }
  if (short.length > 0) {
    const names = short.slice(0, 8).map(([folder, { length }]) => `${folder || written} (${length})`);
    context.warn(
      `${short.length === 1 ? '1 clip has' : `${short.length} clips have`} fewer than ${wanted} frames and ` +
        `${short.length === 1 ? 'is' : 'are'} passed over: ${names.join(', ')}${short.length > 8 ? ', …' : ''}`,
    );
  }
  const place = placeOf(`first frames of ${dataset.name}`);
  return new FileExamples(
    dataset,
    {
      size: usable.length,
      files: (index, field, draw) => {
        const all = usable[index]![1];
        const count = clipLength(dataset, field);
        const [random] = philox(
          [draw % 2 ** 32, Math.floor(draw / 2 ** 32), 0, place],
          seedWords(context.seed),
        );
        const start = random! % (all.length - wanted + 1);
        return all.slice(start, start + count);
      },
      label: () => 0,
    },
    context,
  );
}

/** Frames of a field `[frames, height, width, channels]`. */
function clipLength(dataset: DatasetFacts, field: DatasetFacts['fields'][number]): number {
  const { shape, label } = field.type;
  if (label !== null || shape.length !== 4 || ![1, 3, 4].includes(shape[3]!)) {
    throw new DataError(
      `${fieldName(dataset, field)} is ${label === null ? `[${shape.join(', ')}]` : 'a label'}, but clips are ` +
        '[frames, height, width, channels]',
      'use 1 channel for grey, 3 for colour, or 4 for colour with transparency',
    );
  }
  return shape[0]!;
}
