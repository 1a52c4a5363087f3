import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { UserError } from '../../../user-error.ts';
import { addonIn } from '../library.ts';
import { keepMemory } from './keep-memory.ts';
import { buildQuietStart } from './quiet-start.ts';
import { causeOf, type Run, run } from './run-program.ts';
import type { Tools } from './tools.ts';
import type { Libraries } from './wheel.ts';

/** The addon is built from this package's sources. npm checks what it fetches against the registry's hashes. */
export const ADDON = {
  name: '@tensorflow/tfjs-node',
  version: '4.22.0',
  /** The hash of the package when this version of ganc was made: a registry cannot hand out another one. */
  integrity:
    'sha512-uHrXeUlfgkMxTZqHkESSV7zSdKdV0LlsBeblqkuKU9nnfxB1pC6DtoyYVaLxznzZy7WQSegjcohxxCjAf6Dc7w==',
} as const;

/** Where npm puts the addon in a folder. */
export const addonFolder = (folder: string) => path.join(folder, 'node_modules', ...ADDON.name.split('/'));

/** Fetches the sources and what they need, without running anything of theirs. */
export async function fetchAddon(work: string, { npm }: Tools, signal?: AbortSignal): Promise<void> {
  const manifest = { private: true, type: 'commonjs' };
  await writeFile(path.join(work, 'package.json'), `${JSON.stringify(manifest)}\n`);
  const spec = `${ADDON.name}@${ADDON.version}`;
  const flags = ['--ignore-scripts', '--no-audit', '--no-fund', '--no-package-lock', '--prefix', work];
  const fetched = await run(npm, ['install', spec, ...flags], { cwd: work, signal });
  if (fetched.code !== 0) {
    throw new UserError(
      `npm could not fetch ${spec}: ${causeOf(fetched)}`,
      'check the network and its proxy with "npm ping", then run this again',
      { cause: fetched.output },
    );
  }
  const lock = path.join(work, 'node_modules', '.package-lock.json');
  const { packages } = JSON.parse(await readFile(lock, 'utf8')) as {
    packages: Record<string, { integrity?: string }>;
  };
  const found = packages[`node_modules/${ADDON.name}`]?.integrity;
  if (found !== ADDON.integrity) {
    throw new UserError(
      `the registry has another ${spec} than the one ganc was made with: its hash is ${found}`,
      'see which registry "npm config get registry" names, and whether it may be trusted',
    );
  }
}

/** Puts the libraries where the addon's build and the built addon look for them. */
export async function linkLibraries(work: string, { library, framework, include }: Libraries): Promise<void> {
  const deps = path.join(addonFolder(work), 'deps');
  const lib = path.join(deps, 'lib');
  await mkdir(lib, { recursive: true });
  // Relative links: the folder is moved when all is well.
  const link = (to: string, from: string) => symlink(path.relative(path.dirname(from), to), from);
  for (const [file, plain] of [
    [library, 'libtensorflow'],
    [framework, 'libtensorflow_framework'],
  ] as const) {
    await link(file, path.join(lib, path.basename(file)));
    await link(file, path.join(lib, process.platform === 'darwin' ? `${plain}.2.dylib` : `${plain}.so`));
  }
  await link(include, path.join(deps, 'include'));
}

/**
 * Builds the addon. It speaks Node-API 8, which every Node from 20 on has, so one build serves them all: it is
 * made once, and needs no other when Node is changed for a newer one.
 */
export async function buildAddon(work: string, tools: Tools, signal?: AbortSignal): Promise<void> {
  const args = [
    'exec',
    '--no',
    '--',
    'node-pre-gyp',
    'configure',
    'build',
    '--build-latest-napi-version-only',
  ];
  const headers = nodeHeaders();
  const folder = addonFolder(work);
  const env = {
    CXXFLAGS: [process.env.CXXFLAGS ?? '', await keepMemory(folder)].join(' ').trim(),
    // Through npm, whose settings may say where the headers are; those beside the running Node are the right ones.
    ...(headers ? { npm_config_nodedir: headers } : {}),
    ...(process.platform === 'darwin' ? { LDFLAGS: '-Wl,-rpath,@loader_path/../../deps/lib' } : {}),
  };
  const built = await run(tools.npm, args, { cwd: folder, env, signal });
  if (built.code !== 0) {
    const help = headers
      ? 'see that the C++ compiler is whole: it must know C++17'
      : `Node's headers could not be fetched or used: install them (on Debian: libnode-dev), or point npm_config_nodedir to the folder whose include/node has node_api.h`;
    throw new UserError(`the addon did not build: ${causeOf(built)}`, help, { cause: built.output });
  }
  const addon = addonIn(folder);
  if (addon) await buildQuietStart(addon, tools, signal);
  // Only the build needed them.
  await rm(path.join(folder, 'deps', 'include'));
  for (const name of await readdir(folder)) {
    if (name.startsWith('build')) await rm(path.join(folder, name), { recursive: true, force: true });
  }
}

/** The folder that has this Node's headers beneath it, as Node's own archives do; null where they were left out. */
function nodeHeaders(): string | null {
  const root = path.resolve(process.execPath, '../..');
  return existsSync(path.join(root, 'include', 'node', 'node_api.h')) ? root : null;
}

/**
 * Multiplies two matrices in a process of its own: what crashes there does not take ganc with it.
 *
 * @returns what went wrong, null when nothing did
 */
export async function tryAddon(
  folder: string,
  { node }: Pick<Tools, 'node'>,
  signal?: AbortSignal,
): Promise<Run | null> {
  const script = `
    const util = require('util');
    util.isNullOrUndefined ??= (x) => x == null;
    util.isArray ??= Array.isArray;
    const tf = require('${ADDON.name}');
    const y = tf.matMul(tf.ones([2, 3]), tf.ones([3, 2])).dataSync();
    if (y.length !== 4 || y.some((v) => v !== 3)) throw new Error('wrong product: ' + y);
  `;
  const env = { TF_CPP_MIN_LOG_LEVEL: '2' };
  const tried = await run(node, ['-e', script], { cwd: folder, env, signal });
  return tried.code === 0 ? null : tried;
}
