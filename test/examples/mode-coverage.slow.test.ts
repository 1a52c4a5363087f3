import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';

const ROOT = path.resolve(import.meta.dirname, '../..');
const run = promisify(execFile);

/** The example beside the code as it is now, inside the project, where its dependencies are found. */
let project: string;
beforeAll(async () => {
  project = await mkdtemp(path.join(ROOT, 'node_modules', '.cache', 'mode-coverage-'));
  await run(process.execPath, ['scripts/build.js', path.join(project, 'dist')], { cwd: ROOT });
  for (const part of ['bin', 'package.json', 'examples/mode-coverage'])
    await cp(path.join(ROOT, part), path.join(project, part), { recursive: true });
});
afterAll(() => rm(project, { recursive: true, force: true }));

function compare(...argv: string[]) {
  const script = path.join('examples', 'mode-coverage', 'compare.js');
  return run(process.execPath, [script, '--engine', 'wasm', '--seeds', '1', '--out', 'out', ...argv], {
    cwd: project,
    env: { ...process.env, NODE_OPTIONS: '' },
  });
}

test('one command trains all, makes a table and pictures, and does nothing again', {
  timeout: 300_000,
}, async () => {
  const { stdout, stderr } = await compare('--steps', '2');
  expect(stderr).toMatch(/100\.0 % {2}8 of 8 runs/);
  const rows = stdout.trim().split('\n');
  expect(rows[0]).toMatch(
    /^\| 2 steps, 1 seed \| ring: modes of 8 \| good \| reverse KL \| grid: modes of 25 /,
  );
  expect(rows.slice(2).map((row) => row.split(' | ')[0])).toEqual([
    '| GAN',
    '| PacGAN, packs of 2',
    '| WGAN-GP',
    '| Relativistic, R1 and R2',
  ]);
  for (const row of rows.slice(2)) expect(row.match(/\d+\.\d+ ± 0\.0/g)).toHaveLength(6);
  const at = (name: string) => path.join(project, 'out', name);
  expect(await readFile(at('table.md'), 'utf8')).toBe(stdout);
  expect(await sharp(at('ring.png')).metadata()).toMatchObject({ width: 1440, height: 396 });

  const log = at('gan-grid-seed-0/events.jsonl');
  const before = await stat(log);
  expect((await compare('--steps', '2')).stdout).toBe(stdout);
  expect((await stat(log)).mtimeMs).toBe(before.mtimeMs);

  // Some of them alone.
  const some = (await compare('--steps', '2', '--methods', 'r3gan,gan')).stdout.trim().split('\n');
  expect(some.slice(2)).toEqual([rows[2], rows[5]]);
  expect(await sharp(at('ring.png')).metadata()).toMatchObject({ width: 720, height: 396 });
  expect((await stat(log)).mtimeMs).toBe(before.mtimeMs);

  // More steps go on where the others ended.
  await rm(at('wgan-gp-ring-seed-0'), { recursive: true });
  const longer = await compare('--steps', '3');
  expect(longer.stdout).toMatch(/^\| 3 steps/);
  const resumed = (await readFile(log, 'utf8'))
    .split('\n')
    .filter((line) => line.includes('"event":"start"'));
  expect(resumed.map((line) => JSON.parse(line).step)).toEqual([0, 2]);
});

test('a number that is none is refused, and a method that is none', async () => {
  await expect(compare('--steps', 'many')).rejects.toMatchObject({
    code: 2,
    stderr: '--steps takes a whole number of at least 1, not many\n',
  });
  await expect(compare('--methods', 'gan,dcgan')).rejects.toMatchObject({
    code: 2,
    stderr: '--methods takes some of gan, pacgan, wgan-gp, r3gan, with commas between, not dcgan\n',
  });
});
