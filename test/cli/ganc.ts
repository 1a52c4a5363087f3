import { type ChildProcessWithoutNullStreams, execFile, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll } from 'vitest';
import type { Spoken } from './fake-terminal.ts';

const root = path.resolve(import.meta.dirname, '../..');

export interface Ganc {
  /** A folder to work in, emptied at the end. */
  readonly folder: string;
  /** Runs a command line in a process of its own, in `folder`. */
  run(argv: readonly string[], options?: RunOptions): Promise<Spoken>;
  /** Starts one and leaves it running. */
  start(argv: readonly string[], options?: RunOptions): Started;
}

export interface RunOptions {
  readonly env?: NodeJS.ProcessEnv;
  readonly input?: string;
}

export interface Started {
  readonly process: ChildProcessWithoutNullStreams;
  /** What it has said so far. */
  readonly said: { out: string; err: string };
  readonly ended: Promise<Spoken & { signal: NodeJS.Signals | null }>;
  /** Waits until it has said something on either stream. */
  hears(pattern: RegExp): Promise<void>;
}

/** For the tests of one file: bundles the sources as they are now, and runs them as a user would. */
export function useGanc(): Ganc {
  let bundle = '';
  const ganc = { folder: '' };
  beforeAll(async () => {
    ganc.folder = await mkdtemp(path.join(tmpdir(), 'ganc-test-'));
    // Inside the project, where its dependencies are found.
    bundle = path.join(root, 'node_modules', '.cache', path.basename(ganc.folder));
    await promisify(execFile)(process.execPath, ['scripts/build.js', bundle], { cwd: root });
  });
  afterAll(async () => {
    await rm(bundle, { recursive: true, force: true });
    await rm(ganc.folder, { recursive: true, force: true });
  });
  const start = (argv: readonly string[], { env, input }: RunOptions = {}): Started => {
    const child = spawn(process.execPath, [path.join(bundle, 'cli.js'), ...argv], {
      cwd: ganc.folder,
      env: { ...process.env, NO_COLOR: '', FORCE_COLOR: '', ...env },
    });
    child.stdin.end(input ?? '');
    const said = { out: '', err: '' };
    const listeners = new Set<() => void>();
    const heard = (stream: 'out' | 'err') => (chunk: Buffer) => {
      said[stream] += chunk.toString();
      for (const listener of listeners) listener();
    };
    child.stdout.on('data', heard('out'));
    child.stderr.on('data', heard('err'));
    const ended = new Promise<Spoken & { signal: NodeJS.Signals | null }>((resolve) => {
      child.on('close', (code, signal) => {
        for (const listener of listeners) listener();
        resolve({ ...said, exitCode: code ?? -1, signal });
      });
    });
    const hears = (pattern: RegExp) =>
      new Promise<void>((resolve, reject) => {
        const look = () => {
          if (pattern.test(said.out) || pattern.test(said.err)) resolve();
          else if (child.exitCode !== null || child.signalCode !== null) {
            reject(new Error(`it ended without saying ${pattern}:\n${said.out}\n${said.err}`));
          } else return;
          listeners.delete(look);
        };
        listeners.add(look);
        look();
      });
    return { process: child, said, ended, hears };
  };
  return {
    get folder() {
      return ganc.folder;
    },
    start,
    run: async (argv, options) => {
      const { out, err, exitCode } = await start(argv, options).ended;
      return { out, err, exitCode };
    },
  };
}
