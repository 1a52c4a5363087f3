import { readPngText, writePngText } from './png-text.ts';

/** What made a picture, kept inside the file. */
export interface Stamp {
  /** The hash of the spec. */
  readonly spec: string;
  readonly seed: number;
  /** The training step whose weights made it. */
  readonly step: number;
}

/** A copy of a PNG file that says what made it. */
export function stampPng(png: Uint8Array, stamp: Stamp): Buffer {
  return writePngText(png, {
    Software: 'ganc',
    'ganc:spec': stamp.spec,
    'ganc:seed': String(stamp.seed),
    'ganc:step': String(stamp.step),
  });
}

/** The stamp of a PNG file that `ganc` wrote, else null. */
export function readStamp(png: Uint8Array): Stamp | null {
  const texts = readPngText(png);
  const [spec, seed, step] = [texts['ganc:spec'], Number(texts['ganc:seed']), Number(texts['ganc:step'])];
  return spec !== undefined && Number.isSafeInteger(seed) && Number.isSafeInteger(step)
    ? { spec, seed, step }
    : null;
}
