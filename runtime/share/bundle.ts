import type { KeptTexts } from './kept-files.ts';
import type { Weights } from './weights.ts';

/** The version of the format; a bundle of a later one is refused. */
export const BUNDLE_VERSION = 1;
/** What bundles are called: a zip archive that any system opens. */
export const BUNDLE_ENDING = '.gan.zip';
/** The first part of every bundle: what is in it, and the hash of each part. */
export const MANIFEST = 'ganc-bundle.json';
export const LOCK = 'lock.gan';
export const CARD = 'README.md';
export const WEIGHTS = 'weights.safetensors';

/** A spec in one file, with all that it imports and, where it was trained, what came of it. */
export interface Bundle {
  /** The version of ganc that packed it. */
  readonly ganc: string;
  /** The text of the spec and its path, `spec/dcgan.gan`. */
  readonly spec: { readonly file: string; readonly text: string };
  /** What it imports, by paths from the folder of the spec. */
  readonly imports: KeptTexts;
  /** The spec with every default written out, as the ganc that packed it understood it. */
  readonly lock: string;
  /** Markdown. */
  readonly card: string;
  /** As the user gave it, an SPDX identifier as a rule. */
  readonly license: string | null;
  readonly weights: Weights | null;
  /** PNG files by name. */
  readonly samples: ReadonlyMap<string, Uint8Array>;
}
