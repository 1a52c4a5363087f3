import { frameCount } from '../../../compiler/diagnostics/codes/frame-count.ts';
import { philox, placeOf } from '../../../compiler/tensor/random.ts';
import { found } from '../../found-error.ts';
import { DataError } from '../data-error.ts';
import { type DatasetFacts, fieldName, stringArgument } from '../dataset.ts';
import type { Examples, SourceContext } from '../examples.ts';
import { FileExamples } from '../file-examples.ts';
import { folderClasses } from '../folder-classes.ts';
import { listImages } from '../image-files.ts';
import { seedWords } from '../permutation.ts';

interface Clip {
  /** The folder, below the one that was listed; '' is that one. */
  readonly folder: string;
  /** The place of its first frame, below the folder that was listed. */
  readonly name: string;
  readonly frames: string[];
}

/**
 * `frames_folder("data/clips")`: every folder that holds images is a clip, its images the frames in natural order.
 * Of a longer clip, each draw takes as many frames in a row as declared, from a place that the seed decides. For a field
 * that is a label, the folders directly in it are the classes, as in `folder`.
 */
export async function openFramesFolder(dataset: DatasetFacts, context: SourceContext): Promise<Examples> {
  const written = stringArgument(dataset, 'path')!;
  const labels = dataset.fields.filter((field) => field.type.label !== null);
  const videos = dataset.fields.filter((field) => field.type.label === null);
  const wanted = Math.max(...videos.map((field) => clipLength(dataset, field)));
  const clips = new Map<string, Clip>();
  for (const { file, name } of await listImages(context.root, written)) {
    const folder = name.slice(0, Math.max(0, name.lastIndexOf('/')));
    const clip = clips.get(folder);
    if (clip) clip.frames.push(file);
    else clips.set(folder, { folder, name, frames: [file] });
  }
  const all = [...clips.values()];
  const classed =
    labels.length > 0
      ? folderClasses(all, labels, 'clip', dataset, written, context)
      : all.map((example) => ({ example, label: 0 }));
  const usable = classed.filter(({ example }) => example.frames.length >= wanted);
  const short = classed.flatMap(({ example }) => (example.frames.length < wanted ? [example] : []));
  if (usable.length === 0) {
    const longest = short.reduce((a, b) => (b.frames.length > a.frames.length ? b : a));
    const field = fieldName(dataset, videos.find((one) => clipLength(dataset, one) === wanted)!);
    throw found(frameCount, field, {
      problem: 'short',
      field,
      wanted,
      folder: written,
      longest: longest.folder || written,
      frames: longest.frames.length,
    });
  }
  if (short.length > 0) {
    const names = short.slice(0, 8).map(({ folder, frames }) => `${folder || written} (${frames.length})`);
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
        const { frames } = usable[index]!.example;
        const count = clipLength(dataset, field);
        const [random] = philox(
          [draw % 2 ** 32, Math.floor(draw / 2 ** 32), 0, place],
          seedWords(context.seed),
        );
        const start = random! % (frames.length - wanted + 1);
        return frames.slice(start, start + count);
      },
      label: (index) => usable[index]!.label,
    },
    context,
  );
}

/** Frames of a field `[frames, height, width, channels]`. */
function clipLength(dataset: DatasetFacts, field: DatasetFacts['fields'][number]): number {
  const { shape } = field.type;
  if (shape.length !== 4 || ![1, 3, 4].includes(shape[3]!)) {
    throw new DataError(
      `${fieldName(dataset, field)} is [${shape.join(', ')}], but clips are [frames, height, width, channels]`,
      'use 1 channel for grey, 3 for colour, or 4 for colour with transparency',
    );
  }
  return shape[0]!;
}
