import path from 'node:path';
import type { SpecFiles } from './spec-files.ts';

/** Texts by their paths from the folder of a spec: what a run or a bundle keeps of its imports. */
export type KeptTexts = Readonly<Record<string, string>>;

/** Files that are held in memory, beneath `/`. */
export function keptFiles(texts: KeptTexts): SpecFiles {
  const files = new Map(Object.entries(texts).map(([name, text]) => [`/${name}`, text]));
  return {
    path: path.posix,
    read(file) {
      const text = files.get(file);
      return text === undefined ? { kind: 'missing', near: null } : { file, text };
    },
    has: (file) => files.has(file),
    realFolder: (folder) => folder,
    list: () => [],
  };
}
