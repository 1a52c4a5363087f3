import os from 'node:os';
import path from 'node:path';
import { packagedFile } from '../../package-folder.ts';

/** Where `ganc engine install tensorflow` puts it: `$GANC_HOME`, else the place for a user's data. */
export function installFolder(): string {
  const data = process.env.XDG_DATA_HOME || path.join(os.homedir(), '.local', 'share');
  return path.join(process.env.GANC_HOME || path.join(data, 'ganc'), 'engines', 'tensorflow');
}

/**
 * Where tfjs-node is looked for: beside ganc, and where ganc installed it. Not in the folder one works in: a
 * spec may lie in a folder that came from somebody else, whose packages are code.
 */
export function libraryFolders(): readonly string[] {
  return [packagedFile('.'), installFolder()];
}
