import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import sharp from 'sharp';
import { engines } from '../runtime/engines/index.ts';
import { type Bench, median, milliseconds } from './table.ts';

const RUNS = 3;
const SPEC = 'specs/pix2pix.gan';
const FOLDERS = ['data/facades/sketch', 'data/facades/photo'];

/** A whole `ganc train` on the best engine here, from the start of its process: what one waits for at first. */
export const starting: Bench = {
  title: `ganc train ${SPEC}, from the start of the process (wanted: under 5 s)`,
  async run() {
    if (!existsSync('dist/cli.js')) throw new Error('there is no dist/cli.js: run "npm run build" first');
    const folder = await mkdtemp(path.join(tmpdir(), 'ganc-starting-'));
    try {
      await writePairs(folder);
      const { name } = engines.find((engine) => engine.present())!;
      const runs: Times[] = [];
      for (let run = 0; run < RUNS; run++) runs.push(await firstStep(name, folder));
      const row = (what: string, times: readonly number[]) => ({
        what,
        runs: `${RUNS}`,
        median: milliseconds(median(times)),
        best: milliseconds(Math.min(...times)),
      });
      return {
        rows: [
          row(
            `${name}: until the spec is compiled and the engine open`,
            runs.map(({ opened }) => opened),
          ),
          row(
            `${name}: until the first step is done`,
            runs.map(({ stepped }) => stepped),
          ),
        ],
      };
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
};

/** In milliseconds from the start of the process. */
interface Times {
  readonly opened: number;
  readonly stepped: number;
}

async function firstStep(engine: string, folder: string): Promise<Times> {
  const out = await mkdtemp(path.join(folder, 'run-'));
  const options = ['--engine', engine, '--data-root', folder, '--out', path.join(out, 'run')];
  for (const name of ['steps', 'sample-every', 'checkpoint-every']) options.push(`--${name}`, '1000');
  const begin = performance.now();
  const child = spawn(process.execPath, ['bin/ganc.js', 'train', SPEC, ...options, '--json'], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise((resolve) => child.on('close', (code, signal) => resolve(signal ?? code)));
  let told = '';
  child.stderr.on('data', (chunk) => {
    told += chunk;
  });
  let opened: number | null = null;
  let stepped: number | null = null;
  for await (const line of createInterface({ input: child.stdout })) {
    if (line.includes('"event":"start"')) opened = performance.now() - begin;
    if (!line.includes('"event":"step"')) continue;
    stepped = performance.now() - begin;
    child.kill('SIGKILL');
    break;
  }
  const end = await ended;
  if (opened === null || stepped === null)
    throw new Error(`${engine} did not train ${SPEC}, but ended with ${end}:\n${told}`);
  return { opened, stepped };
}

async function writePairs(folder: string): Promise<void> {
  for (const [index, name] of FOLDERS.entries()) {
    await mkdir(path.join(folder, name), { recursive: true });
    for (let picture = 0; picture < 4; picture++) {
      const pixels = Buffer.from(
        Array.from({ length: 256 * 256 * 3 }, (_, at) => (at * (picture + index + 1)) % 251),
      );
      const image = sharp(pixels, { raw: { width: 256, height: 256, channels: 3 } });
      await image.png().toFile(path.join(folder, name, `${picture}.png`));
    }
  }
}
