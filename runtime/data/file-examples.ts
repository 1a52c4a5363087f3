import { DataError } from './data-error.ts';
import { type Batch, type DatasetFacts, type FieldFacts, rowLength } from './dataset.ts';
import { type DecodedImage, DecodeError, type DecodeRequest } from './decode.ts';
import { type Decoder, openDecoder } from './decoder.ts';
import type { Examples, Row, SourceContext } from './examples.ts';
import { imageRange, levelTable, writeLevels } from './levels.ts';

/** How a source of image files lists its examples. */
export interface FileList {
  readonly size: number;
  /** The files that a field of an example is made of: one, or the frames of a clip. */
  files(index: number, field: FieldFacts, draw: number): readonly string[];
  label(index: number): number;
  /** What is wrong with the images of one example taken together, worded as a sentence; null when nothing is. */
  fault?(index: number, images: readonly DecodedImage[]): string | null;
}

/**
 * Examples that are decoded from files as they are drawn. Those that fit in the cache stay there, as bytes.
 *
 * A file that cannot be used does not stop a training of hours: its example is passed over with a warning, and the
 * next one in the order of the files takes its place, always the same one, so that runs stay repeatable. More than
 * a tenth of the set in that state is an error.
 */
export class FileExamples implements Examples {
  readonly size: number;
  readonly #list: FileList;
  readonly #images: readonly ImageField[];
  readonly #labels: readonly FieldFacts[];
  readonly #context: SourceContext;
  readonly #decoder: Decoder;
  readonly #cache = new Map<string, DecodedImage>();
  readonly #unusable = new Set<number>();
  #cachedBytes = 0;
  /** Once too much is unusable, every read says so. */
  #failure: DataError | null = null;

  constructor(dataset: DatasetFacts, list: FileList, context: SourceContext, decoder = openDecoder()) {
    this.size = list.size;
    this.#list = list;
    this.#labels = dataset.fields.filter((field) => field.type.label !== null);
    this.#images = dataset.fields.filter((field) => field.type.label === null).map(imageField);
    this.#context = context;
    this.#decoder = decoder;
  }

  async read(rows: readonly Row[], out: Batch): Promise<void> {
    await Promise.all(rows.map((row, place) => this.#readRow(row, place, out)));
  }

  close(): Promise<void> {
    this.#cache.clear();
    return this.#decoder.close();
  }

  async #readRow({ index, draw }: Row, place: number, out: Batch): Promise<void> {
    let used = index;
    let images = await this.#example(used, draw);
    while (images === null) {
      used = (used + 1) % this.size;
      images = await this.#example(used, draw);
    }
    for (const [i, { field, table }] of this.#images.entries()) {
      const values = out[field.name] as Float32Array;
      let at = place * rowLength(field);
      for (const { pixels } of images[i]!) {
        writeLevels(values, at, pixels, table);
        at += pixels.length;
      }
    }
    for (const field of this.#labels) out[field.name]![place] = this.#list.label(used);
  }

  /** The images of an example, by field; null when it cannot be used. */
  async #example(index: number, draw: number): Promise<DecodedImage[][] | null> {
    if (this.#failure) throw this.#failure;
    if (this.#unusable.has(index)) return null;
    const fields = this.#images.map(({ field, size }) =>
      this.#list.files(index, field, draw).map((file) => ({ file, ...size })),
    );
    const loaded = await Promise.allSettled(fields.flat().map((request) => this.#load(request)));
    const requests = fields.flat();
    const images: DecodedImage[] = [];
    for (const [i, outcome] of loaded.entries()) {
      if (outcome.status === 'fulfilled') images.push(outcome.value);
      else if (outcome.reason instanceof DecodeError) {
        this.#passOver(index, `${requests[i]!.file} ${outcome.reason.message}`);
        return null;
      } else throw outcome.reason;
    }
    const fault = this.#list.fault?.(index, images) ?? null;
    if (fault !== null) {
      this.#passOver(index, fault);
      return null;
    }
    let start = 0;
    return fields.map(({ length }) => {
      start += length;
      return images.slice(start - length, start);
    });
  }

  async #load(request: DecodeRequest): Promise<DecodedImage> {
    const key = `${request.height}x${request.width}x${request.channels} ${request.file}`;
    const cached = this.#cache.get(key);
    if (cached) return cached;
    const image = await this.#decoder.decode(request);
    // Once it is full it stays as it is: dropping old images for new ones would miss nearly always.
    if (!this.#cache.has(key) && this.#cachedBytes + image.pixels.length <= this.#context.cacheBytes) {
      this.#cache.set(key, image);
      this.#cachedBytes += image.pixels.length;
    }
    return image;
  }

  #passOver(index: number, why: string): void {
    if (this.#unusable.has(index)) return;
    this.#unusable.add(index);
    const bad = this.#unusable.size;
    if (bad > Math.max(1, this.size / 10) || bad === this.size) {
      this.#failure = new DataError(
        bad === this.size
          ? `no example can be used: ${why}`
          : `${bad} of ${this.size} examples cannot be used; the last: ${why}`,
        'replace or remove the files that the warnings name',
      );
      throw this.#failure;
    }
    this.#context.warn(`${why}; passed over`);
  }
}

interface ImageField {
  readonly field: FieldFacts;
  readonly size: { readonly height: number; readonly width: number; readonly channels: number };
  readonly table: Float32Array;
}

/** `[height, width, channels]`, or `[frames, height, width, channels]`. */
function imageField(field: FieldFacts): ImageField {
  const [height, width, channels] = field.type.shape.slice(-3) as [number, number, number];
  return { field, size: { height, width, channels }, table: levelTable(imageRange(field)) };
}
