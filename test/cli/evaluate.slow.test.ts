import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import type { TrainingEvent } from '../../runtime/train/events.ts';
import { useGanc } from './ganc.ts';
import { smallSpec } from './small-spec.ts';

const ganc = useGanc();
const at = (...parts: string[]) => path.join(ganc.folder, ...parts);
const quick = ['--engine', 'cpu'];
const spec = `${smallSpec}
evaluate G {
  every:    15
  samples:  300
  coverage: mode_coverage(G(z), points, within: 20)
}
`;

beforeAll(() => writeFile(at('small.gan'), spec));

type Evaluated = TrainingEvent & { readonly event: 'evaluation' };

async function evaluations(run: string): Promise<Evaluated[]> {
  const lines = (await readFile(at(run, 'events.jsonl'), 'utf8')).trim().split('\n');
  return lines
    .map((line) => JSON.parse(line) as TrainingEvent)
    .filter((event): event is Evaluated => event.event === 'evaluation');
}

test('training measures now and then and after the last step, and draws what it measured', async () => {
  const { err, exitCode } = await ganc.run(['train', 'small.gan', '--out', 'run', ...quick]);
  expect(exitCode, err).toBe(0);
  expect(err).toMatch(/evaluated G after step 30: coverage\.modes \d {2}coverage\.high_quality [\d.]+/);
  const found = await evaluations('run');
  expect(found.map(({ step, network, samples }) => [step, network, samples])).toEqual([
    [15, 'G', 300],
    [30, 'G', 300],
    [40, 'G', 300],
  ]);
  expect(await readFile(at('run/curves.svg'), 'utf8')).toContain('coverage.reverse_kl');
});

test('ganc evaluate gives the figures of the log, says what they mean, and reads bundles too', async () => {
  const last = (await evaluations('run')).at(-1)!;
  const { out, err, exitCode } = await ganc.run(['evaluate', 'run', '--json', ...quick]);
  expect(exitCode, err).toBe(0);
  const said = JSON.parse(out);
  expect(said).toMatchObject({ run: 'run', step: 40, seed: 0, engine: 'cpu' });
  const [measure] = said.evaluations[0].measures;
  expect(measure).toMatchObject({ name: 'coverage', measure: 'mode_coverage(G(z), points, within: 20)' });
  expect(measure.figures).toEqual(last.figures.coverage);
  expect(measure.definitions.modes).toMatch(/centres .*; more is better/);

  const text = await ganc.run(['evaluate', 'run', ...quick]);
  expect(text.out).toMatch(/run after step 40: 300 samples of G, seed 0/);
  expect(text.out).toMatch(/modes +\d {2}centres with a sample within/);
  const other = await ganc.run(['evaluate', 'run', '--seed', '5', '--samples', '200', '--json', ...quick]);
  expect(JSON.parse(other.out).evaluations[0]).toMatchObject({ samples: 200 });
  expect(JSON.parse(other.out).evaluations[0].measures[0].figures).not.toEqual(measure.figures);

  await ganc.run(['pack', 'run', '--weights', '-o', 'run.gan.zip']);
  const packed = await ganc.run(['evaluate', 'run.gan.zip', '--json', ...quick]);
  expect(JSON.parse(packed.out).evaluations).toEqual(said.evaluations);
});

test('a resumed run measures as one that was never stopped', async () => {
  await ganc.run(['train', 'small.gan', '--out', 'half', '--steps', '20', ...quick]);
  await ganc.run(['train', 'half', '--resume', '--steps', '40', ...quick]);
  const steps = (await evaluations('half')).map(({ step }) => step);
  expect(steps).toEqual([15, 20, 30, 40]);
  expect((await evaluations('half')).at(-1)!.figures).toEqual((await evaluations('run')).at(-1)!.figures);
});

test('what is measured is no part of the training: another spec may say it, if the weights fit', async () => {
  await writeFile(at('plain.gan'), smallSpec);
  await ganc.run(['train', 'plain.gan', '--out', 'unmeasured', '--steps', '40', ...quick]);
  const argv = (spec: string) => ['evaluate', 'unmeasured', '--spec', spec, '--json', ...quick];
  const { out, err, exitCode } = await ganc.run(argv('small.gan'));
  expect(exitCode, err).toBe(0);
  expect(JSON.parse(out).evaluations[0].measures[0].figures).toEqual(
    (await evaluations('run')).at(-1)!.figures.coverage,
  );
  // Another optimizer and more data change nothing that is read; another network does.
  const more = spec
    .replace('update D {', 'update D {\n    clip_norm: 1')
    .replace('generator G', 'data more from gaussians.grid() {\n  point: [2]\n}\n\ngenerator G')
    .replace('G(z), points, within', 'G(z), more, within');
  await writeFile(at('more.gan'), more);
  expect(await ganc.run(argv('more.gan'))).toMatchObject({ exitCode: 0 });
  await writeFile(at('wide.gan'), spec.replace('width = 8', 'width = 9'));
  const wide = await ganc.run(argv('wide.gan'));
  expect(wide.exitCode).toBe(1);
  expect(wide.err).toMatch(
    /weights do not fit.*G\/dense\/kernel is \[2, 8\] there and \[2, 9\] in the spec.*use a spec whose networks/s,
  );

  const resumed = await ganc.run([
    'train',
    'small.gan',
    '--out',
    'unmeasured',
    '--resume',
    '--steps',
    '45',
    ...quick,
  ]);
  expect(resumed.exitCode, resumed.err).toBe(0);
  expect((await evaluations('unmeasured')).map(({ step }) => step)).toEqual([45]);
});

test('a spec without the block, and a network without one, are refused in words', async () => {
  await writeFile(at('plain.gan'), smallSpec);
  await ganc.run(['train', 'plain.gan', '--out', 'plain', '--steps', '1', ...quick]);
  const { err, exitCode } = await ganc.run(['evaluate', 'plain', ...quick]);
  expect(exitCode).toBe(2);
  expect(err).toMatch(/this spec has no evaluate block/);
  const other = await ganc.run(['evaluate', 'run', '--network', 'D', ...quick]);
  expect(other.exitCode).toBe(2);
  expect(other.err).toMatch(/there is no evaluate block for D[\s\S]*use one of G/);
});
