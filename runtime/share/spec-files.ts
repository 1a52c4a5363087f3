import type { PlatformPath } from 'node:path';
import type { ImportProblem } from '../../compiler/source/import-reader.ts';

/** Where a spec and what it imports are read from: a disk, the folder that a run keeps, a bundle. */
export interface SpecFiles {
  /** How paths are written there. */
  readonly path: PlatformPath;
  /** A text that lies in `home`, with the path that it really has; everything else is a problem in words. */
  read(file: string, home: string): FoundText | ImportProblem;
  /** Whether there is a file of that path. */
  has(file: string): boolean;
  /** The path that a folder really has. */
  realFolder(folder: string): string;
  /** Names of the files in a folder that may be meant; empty where there is none. */
  list(folder: string): readonly string[];
}

export interface FoundText {
  readonly file: string;
  readonly text: string;
}

/** Far above any spec that a person or program would write, and what any package.json has. */
export const MOST_BYTES = 2 ** 20;
