import { existsSync } from 'node:fs';
import path from 'node:path';
import { DataError } from '../data/data-error.ts';
import { DataRoot } from '../data/data-root.ts';

/** Where a file lies that declares a pretrained model, in words that hold on every machine. */
export interface DeclaredIn {
  /** The packages on the way from the spec to the one that the file is part of; none for a file of the spec's folder. */
  readonly packages: readonly string[];
  /** The folder of the file, from that of the spec or the package. */
  readonly folder: string;
}

/** Where specs find their models. */
export interface ModelHome {
  /** The folder of the spec. */
  readonly folder: string;
  /** What stands in its place, for the spec and for files beside it. */
  readonly dataRoot?: string | undefined;
}

/**
 * The real path of a model that a file names. A file of the spec's folder names models of that folder, and one of a package
 * those of the package. Throws `DataError` where it is missing or outside.
 */
export function modelPlace(from: string, { packages, folder }: DeclaredIn, home: ModelHome): string {
  if (packages.length === 0) {
    return new DataRoot(home.dataRoot ?? home.folder, home.dataRoot !== undefined).resolve(from, folder);
  }
  const found = packages.reduce(packageFolder, path.resolve(home.folder));
  return new DataRoot(found, false, packages.at(-1)!).resolve(from, folder);
}

/** A package that is imported by what lies in a folder, found as Node finds it. */
function packageFolder(from: string, name: string): string {
  for (let at = from; ; at = path.dirname(at)) {
    const folder = path.join(at, 'node_modules', name);
    if (existsSync(path.join(folder, 'package.json'))) return folder;
    if (at !== path.dirname(at)) continue;
    throw new DataError(
      `the package ${name}, which has a pretrained model, is not in the node_modules of ${from} or above`,
      `install it there: npm install ${name}`,
    );
  }
}
