import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { addonFolder } from '../../../runtime/engines/tensorflow/install/addon.ts';
import { installTensorflow, removeTensorflow } from '../../../runtime/engines/tensorflow/install/install.ts';
import { useGanc } from '../../cli/ganc.ts';
import { writePackage } from './fake-package.ts';
import { FakeTools, python } from './fake-tools.ts';

let folder: string;
let engines: string;
let tools: FakeTools;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'ganc-install-'));
  engines = path.join(folder, 'home', 'engines');
  tools = new FakeTools(folder);
  vi.stubEnv('GANC_HOME', path.join(folder, 'home'));
  vi.stubEnv('PATH', tools.bin);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true });
});

const install = (options = {}) => {
  const seen: string[] = [];
  return installTensorflow(({ number, of, what }) => seen.push(`${number}/${of} ${what}`), options).then(
    (installed) => ({ ...installed, seen }),
  );
};
const installed = () => path.join(engines, 'tensorflow');

const why = !python
  ? ' (skipped: they need python3)'
  : process.platform === 'win32'
    ? ' (skipped: they are shell scripts)'
    : '';

describe.skipIf(why !== '')(`installing with pretended tools${why}`, () => {
  test('five steps make it, without sources to build from, and nothing else is left', async () => {
    const { folder: made, fresh, seen } = await install();
    expect({ made, fresh }).toEqual({ made: installed(), fresh: true });
    expect(seen.map((step) => step.slice(0, 3))).toEqual(['1/5', '2/5', '3/5', '4/5', '5/5']);
    expect(readdirSync(engines)).toEqual(['tensorflow']);
    const addon = addonFolder(installed());
    expect(readFileSync(path.join(addon, 'deps/lib/libtensorflow.so'), 'utf8')).toBe('library');
    expect(readFileSync(path.join(addon, 'deps/lib/libtensorflow_framework.so.2'), 'utf8')).toBe('framework');
    expect(readdirSync(path.join(installed(), 'tensorflow')).sort()).toEqual([
      'libtensorflow_cc.so.2',
      'libtensorflow_framework.so.2',
    ]);
    expect(readdirSync(addon)).not.toContain('build-tmp-napi-v8');
  });

  test('one that is there and works is left alone, unless it is forced', async () => {
    await install();
    tools.write({ npmInstall: 'exit 1', without: ['c++'] });
    expect(await install()).toMatchObject({ fresh: false, seen: [] });
    await expect(install({ force: true })).rejects.toThrow('C++ compiler');
    tools.write({});
    expect(await install({ force: true })).toMatchObject({ fresh: true });
  });

  test('one that is there and does not work is replaced', async () => {
    writePackage(installed(), { code: 'throw new Error("from another machine")' });
    expect(await install()).toMatchObject({ fresh: true });
    expect(await install()).toMatchObject({ fresh: false });
  });

  test('it is removed, with what killed installations have left; those under way are not touched', async () => {
    await install();
    const [dead, alive] = [`tensorflow.new-${2 ** 22 + 1}`, `tensorflow.new-${process.ppid}`];
    for (const name of [dead, alive, 'wasm']) mkdirSync(path.join(engines, name));
    expect(await removeTensorflow()).toBe(true);
    expect(readdirSync(engines)).toEqual([alive, 'wasm']);
    expect(await removeTensorflow()).toBe(false);
  });

  test.each([
    [['npm'], 'needs npm, not found', 'install npm, which comes with Node'],
    [['python3', 'make'], 'needs python and pip and make, not found', 'install python3, python3-pip, make'],
    [['c++'], 'needs a C++ compiler, not found', 'apt-get install'],
  ])('without %s', async (without, message, help) => {
    tools.write({ without });
    const failing = install();
    await expect(failing).rejects.toThrow(message);
    await expect(failing).rejects.toMatchObject({ help: expect.stringContaining(help) });
    expect(existsSync(engines)).toBe(false);
  });

  const network = 'WARNING: Retrying after connection broken by NewConnectionError: name resolution failed';
  test.each([
    [
      'npm has no network',
      { npmInstall: 'echo "npm error code ENOTFOUND"; exit 1' },
      'npm error code ENOTFOUND',
    ],
    [
      'pip has no network',
      { pip: `echo "${network}"; echo "ERROR: No matching distribution found"; exit 1` },
      `pip cannot get at its package index: ${network}`,
    ],
    [
      'pip has no such wheel',
      { pip: 'echo "ERROR: No matching distribution found for tensorflow-cpu"; exit 1' },
      'pip has no TensorFlow for this machine: ERROR: No matching distribution',
    ],
    [
      'the disk is full',
      { pip: 'echo "ERROR: [Errno 28] No space left on device"; exit 1' },
      'No space left on device',
    ],
    [
      'the compiler finds no headers',
      {
        npmBuild: `echo "../a.cc:1:9: fatal error: node_api.h: No such file or directory"
            echo "make: *** [a.o] Error 1"; echo "node-pre-gyp ERR! not ok"; exit 1`,
      },
      'the addon did not build: ../a.cc:1:9: fatal error: node_api.h: No such file or directory',
    ],
  ])('%s: it says so, keeps the output, and leaves what was there', async (_, scripts, message) => {
    writePackage(installed(), { code: 'throw new Error("the old one")' });
    tools.write(scripts);
    const failing = install();
    await expect(failing).rejects.toThrow(message);
    await expect(failing).rejects.toMatchObject({
      help: expect.stringContaining('tensorflow-install.log'),
    });
    expect(readdirSync(engines)).toEqual(['tensorflow', 'tensorflow-install.log']);
    expect(existsSync(path.join(addonFolder(installed()), 'index.js'))).toBe(true);
  });

  test.each([
    [{ leaveOut: 'tensorflow/libtensorflow_cc.so.2' }, 'fake.whl has no libtensorflow_cc'],
    [
      { damage: 'tensorflow/libtensorflow_cc.so.2' },
      'libtensorflow_cc.so.2 is damaged: its hash is not that',
    ],
  ])('a wheel with %j is refused', async (change, message) => {
    tools.writeWheel(change);
    await expect(install()).rejects.toThrow(message);
    expect(existsSync(installed())).toBe(false);
  });

  test('another package under the same name and version is refused', async () => {
    tools.write({
      npmInstall: `/bin/mkdir node_modules
          echo '{"packages":{"node_modules/@tensorflow/tfjs-node":{"integrity":"sha512-x"}}}' \\
            > node_modules/.package-lock.json`,
    });
    await expect(install()).rejects.toThrow('its hash is sha512-x');
  });

  test('a disk without room is seen before anything is fetched', async () => {
    await expect(install({ room: 1e18 })).rejects.toThrow(/needs 1000000000\.0 GB, and the disk of .* has/);
    expect(readdirSync(engines)).toEqual([]);
  });

  test('a folder that cannot be made is named', async () => {
    writeFileSync(path.join(folder, 'home'), 'a file');
    await expect(install()).rejects.toThrow(`cannot make a folder in ${engines}`);
  });
});

const ganc = useGanc();

test.skipIf(why !== '').each(['SIGINT', 'SIGTERM'] as const)(
  `%s in the middle ends every program that was started, leaves nothing, and the next one works${why}`,
  async (signal) => {
    const pidFile = () => {
      const file = path.join(folder, 'pid');
      return existsSync(file) ? readFileSync(file, 'utf8') : '';
    };
    const env = { PATH: tools.bin, GANC_HOME: path.join(folder, 'home') };
    // As npm does: the work is done by a program that it starts.
    tools.write({ npmBuild: `/bin/sh -c 'echo $$ > ${folder}/pid; while :; do /bin/sleep 0.05; done'` });
    const started = ganc.start(['engine', 'install', 'tensorflow'], { env });
    await started.hears(/\[4\/5\]/);
    const builder = await vi.waitUntil(() => Number(pidFile()));
    started.process.kill(signal);
    const { exitCode, err } = await started.ended;
    expect(exitCode).toBe(130);
    expect(err).toContain('interrupted; nothing was installed');
    expect(readdirSync(engines)).toEqual([]);
    // Its number stays taken until the system has noticed that it ended.
    const gone = () => expect(() => process.kill(builder, 0)).toThrow('ESRCH');
    await vi.waitFor(gone, { timeout: 30_000 });
    tools.write({});
    const again = await ganc.run(['engine', 'install', 'tensorflow'], { env });
    expect(again.exitCode, again.err).toBe(0);
    expect(again.err).toContain('[5/5] trying it');
    const third = await ganc.run(['engine', 'install', 'tensorflow'], { env });
    expect(third.out).toContain('already, and works');
  },
);
