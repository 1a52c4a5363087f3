import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { UserError } from '../../../user-error.ts';
import { run } from './run-program.ts';

/**
 * Takes the libraries and headers out of a wheel, and nothing else; every file is checked against the hash that
 * the wheel's own list gives for it, and none may lie outside the target folder.
 */
const UNPACK = `
import base64, csv, hashlib, io, os, sys, zipfile
wheel, target = sys.argv[1:]
with zipfile.ZipFile(wheel) as archive:
    record = next(n for n in archive.namelist() if n.endswith('.dist-info/RECORD'))
    hashes = {row[0]: row[1] for row in csv.reader(io.StringIO(archive.read(record).decode())) if row}
    for name in archive.namelist():
        wanted = name.startswith('tensorflow/include/') or name.startswith('tensorflow/libtensorflow')
        if not wanted or name.endswith('/'):
            continue
        path = os.path.normpath(os.path.join(target, name))
        if not path.startswith(os.path.normpath(target) + os.sep):
            sys.exit('error: ' + name + ' lies outside the wheel')
        os.makedirs(os.path.dirname(path), exist_ok=True)
        digest = hashlib.sha256()
        with archive.open(name) as source, open(path, 'wb') as copy:
            while chunk := source.read(1 << 20):
                digest.update(chunk)
                copy.write(chunk)
        found = 'sha256=' + base64.urlsafe_b64encode(digest.digest()).rstrip(b'=').decode()
        if hashes.get(name) != found:
            sys.exit('error: ' + name + ' is damaged: its hash is not that of the list')
`;

export interface Libraries {
  readonly library: string;
  readonly framework: string;
  readonly include: string;
}

/** Unpacks the one wheel in `work/wheel` into `work/tensorflow`. */
export async function unpackWheel(python: string, work: string): Promise<Libraries> {
  const folder = path.join(work, 'wheel');
  const wheel = (await readdir(folder)).find((name) => name.endsWith('.whl'));
  if (!wheel) throw new UserError('pip fetched no wheel', 'run this again');
  const result = await run(python, ['-c', UNPACK, path.join(folder, wheel), work], { cwd: work });
  if (result.code !== 0)
    throw new UserError(`${wheel} could not be unpacked: ${result.output.trim().split('\n').at(-1)}`);
  const root = path.join(work, 'tensorflow');
  const names = await readdir(root);
  const library = names.find((name) => name.startsWith('libtensorflow_cc'));
  const framework = names.find((name) => name.startsWith('libtensorflow_framework'));
  if (!library || !framework) {
    throw new UserError(
      `${wheel} has no libtensorflow_cc and libtensorflow_framework`,
      'report it with this text',
    );
  }
  return {
    library: path.join(root, library),
    framework: path.join(root, framework),
    include: path.join(root, 'include'),
  };
}
