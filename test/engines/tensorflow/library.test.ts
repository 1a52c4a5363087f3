import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { EngineError } from '../../../runtime/engines/engine.ts';
import { hasLibrary, loadLibrary } from '../../../runtime/engines/tensorflow/library.ts';
import { useGanc } from '../../cli/ganc.ts';
import { smallSpec } from '../../cli/small-spec.ts';
import { writePackage } from './fake-package.ts';

const CPU = '@tensorflow/tfjs-node';
const GPU = '@tensorflow/tfjs-node-gpu';
const broken = 'throw new Error("libcudart.so.11.0: cannot open shared object file\\nsecond line")';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'ganc-library-'));
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true });
});

test('the GPU build is taken before the other, and tells whether there is a GPU', () => {
  writePackage(folder, { name: CPU });
  writePackage(folder, { name: GPU });
  vi.stubEnv('FAKE_GPU', '1');
  expect(hasLibrary([folder])).toBe(true);
  expect(loadLibrary([folder])).toMatchObject({ package: GPU, tensorflow: '2.99.0', usesGpu: true });
});

test('a build that does not load is passed over for one that does', () => {
  writePackage(folder, { name: GPU, code: broken });
  writePackage(folder, { name: CPU });
  expect(loadLibrary([folder])).toMatchObject({ package: CPU, usesGpu: false });
});

test('all that were found are named with the reason when none of them loads', () => {
  const gpu = writePackage(folder, { name: GPU, code: broken });
  const cpu = writePackage(folder, { name: CPU, addon: false });
  expect(() => loadLibrary([folder])).toThrow(EngineError);
  expect(() => loadLibrary([folder])).toThrow(
    `${GPU} in ${gpu} does not load: libcudart.so.11.0: cannot open shared object file; ` +
      `${CPU} in ${cpu} does not load: its native part is missing`,
  );
});

test('nothing is said to be there where the native part is missing', () => {
  writePackage(folder, { addon: false });
  expect(hasLibrary([folder])).toBe(false);
});

const ganc = useGanc();

const isBeside = hasLibrary([process.cwd()]);
const skipped = isBeside ? ' (skipped: the tfjs-node beside ganc is used instead)' : '';

test.skipIf(isBeside)(
  `a broken engine: ganc engines says why, training goes on with wasm and says so, by name it fails${skipped}`,
  async () => {
    const home = path.join(ganc.folder, 'home');
    const folder = writePackage(path.join(home, 'engines', 'tensorflow'), { code: broken });
    const why = `${CPU} in ${folder} does not load: libcudart.so.11.0: cannot open shared object file`;
    const env = { GANC_HOME: home };
    await writeFile(path.join(ganc.folder, 'small.gan'), smallSpec);

    const listed = await ganc.run(['engines'], { env });
    expect(listed.out).toContain(`tensorflow  not available: ${why}`);
    expect(listed.out).toContain('wasm is used unless --engine names another');

    const trained = await ganc.run(['train', 'small.gan', '--steps', '1', '--out', 'run'], { env });
    expect(trained.exitCode, trained.err).toBe(0);
    expect(trained.err).toContain(`warning: ${why}; going on with wasm\n`);

    const named = await ganc.run(['train', 'small.gan', '--engine', 'tensorflow'], { env });
    expect(named.exitCode).toBe(2);
    expect(named.err).toContain(`error: ${why}\n`);
    expect(named.err).toContain('ganc engines');
  },
);
