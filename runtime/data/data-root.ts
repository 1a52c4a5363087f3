import { realpathSync } from 'node:fs';
import path from 'node:path';
import { isInside } from '../is-inside.ts';
import { DataError } from './data-error.ts';

/**
 * The folder that a spec's data must lie in: the spec's own, the one that the user gave, or a package for what that names. A
 * spec may come from a stranger, so its paths cannot lead elsewhere: not by `..`, not by an absolute path, not by a symbolic
 * link.
 */
export class DataRoot {
  readonly folder: string;
  /** Whether the user chose it with `--data-root`. */
  readonly chosen: boolean;
  /** The name of the package that it is. */
  readonly package: string | null;
  #real: string | undefined;

  constructor(folder: string, chosen: boolean, packageName: string | null = null) {
    this.folder = path.resolve(folder);
    this.chosen = chosen;
    this.package = packageName;
  }

  /** The real place of a path written in a file that lies in `beside`. Throws when it is missing or outside. */
  resolve(written: string, beside = ''): string {
    const wanted = path.resolve(this.folder, beside, written);
    if (!isInside(wanted, this.folder)) throw this.#outside(written);
    let real: string;
    try {
      real = realpathSync(wanted);
    } catch (error) {
      throw this.#missing(written, wanted, error as NodeJS.ErrnoException);
    }
    if (!this.allows(real)) throw this.#outside(written, real);
    return real;
  }

  /** Whether a real path, with no links left in it, lies in the folder. */
  allows(real: string): boolean {
    this.#real ??= realpathSync(this.folder);
    return isInside(real, this.#real);
  }

  #outside(written: string, leadsTo: string | null = null): DataError {
    const whither = leadsTo === null ? '' : `, which leads to ${leadsTo},`;
    return new DataError(
      `"${written}"${whither} lies outside ${this.folder}`,
      this.package !== null
        ? `the package ${this.package} may name files of its own alone: tell its authors`
        : leadsTo === null && !this.chosen
          ? 'put the data beside the spec, or pass --data-root with the folder that holds it'
          : `pass --data-root with a folder that holds ${leadsTo ?? 'it'}`,
    );
  }

  #missing(written: string, wanted: string, error: NodeJS.ErrnoException): DataError {
    if (error.code === 'EACCES') {
      return new DataError(`${wanted} may not be read`, 'allow this user to read it (chmod)');
    }
    if (error.code === 'ELOOP') {
      return new DataError(`${wanted} is a symbolic link that leads back to itself`, 'replace the link');
    }
    return new DataError(
      `"${written}" is not there: ${wanted} does not exist`,
      this.package !== null
        ? `install ${this.package} again, or put it there`
        : this.chosen
          ? 'put the data there, or change --data-root'
          : 'put the data there (paths are relative to the spec), or pass --data-root with the folder that holds it',
      'data-not-found',
    );
  }
}
