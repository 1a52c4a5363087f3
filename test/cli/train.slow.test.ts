import { access, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { readCheckpoint } from '../../runtime/train/checkpoint.ts';
import type { TrainingEvent } from '../../runtime/train/events.ts';
import { useGanc } from './ganc.ts';
import { smallSpec } from './small-spec.ts';

const ganc = useGanc();
const at = (...parts: string[]) => path.join(ganc.folder, ...parts);
const quick = ['--engine', 'cpu'];

beforeAll(() => writeFile(at('small.gan'), smallSpec));

test('a run: the folder on stdout, all else on stderr, and everything in the folder', async () => {
  const { out, err, exitCode } = await ganc.run(['train', 'small.gan', ...quick]);
  expect({ exitCode, out }, err).toEqual({ exitCode: 0, out: `${path.join('runs', 'small-1')}\n` });
  expect(err).toMatch(/training small for 40 steps of 16 on cpu, seed 0/);
  expect(err).toMatch(/step 40\/40 {2}loss D [\d.]+ {2}loss G [\d.]+ {2}[\d.]+ steps\/s {2}done/);
  expect(err).toMatch(/samples of G after step 20: .*step-00000020\.png/);
  expect(err).not.toContain('\x1b');
  expect((await readdir(at('runs/small-1'))).sort()).toEqual([
    'checkpoints',
    'curves.svg',
    'events.jsonl',
    'history.png',
    'samples',
    'spec.gan',
  ]);
  expect(await readFile(at('runs/small-1/spec.gan'), 'utf8')).toBe(smallSpec);
  const again = await ganc.run(['train', 'small.gan', '--steps', '1', ...quick]);
  expect(again.out).toBe(`${path.join('runs', 'small-2')}\n`);
});

test('--json prints the events of the log, and nothing else, to stdout', async () => {
  const { out, exitCode } = await ganc.run(['train', 'small.gan', '--out', 'json', '--json', ...quick]);
  expect(exitCode).toBe(0);
  expect(out).toBe(await readFile(at('json/events.jsonl'), 'utf8'));
  const events = out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as TrainingEvent);
  expect(events[0]).toMatchObject({ event: 'start', steps: 40, engine: 'cpu' });
  expect(events.at(-1)).toMatchObject({ event: 'end', step: 40 });
});

test('--set and --steps are written into the spec that the run keeps', async () => {
  const argv = [
    'train',
    'small.gan',
    '--set',
    'width=4',
    '--steps',
    '3',
    '--out',
    'set',
    '--seed',
    '7',
    ...quick,
  ];
  expect((await ganc.run(argv)).exitCode).toBe(0);
  const kept = await readFile(at('set/spec.gan'), 'utf8');
  expect(kept).toBe(smallSpec.replace('width = 8', 'width = 4').replace('steps: 40', 'steps: 3'));
  const { state, seed } = await readCheckpoint(at('set/checkpoints/step-00000003.safetensors'));
  expect(state.get('D/dense/kernel')!.shape).toEqual([2, 4]);
  expect(seed).toBe(7);
  // With nothing but the folder it goes on.
  const more = await ganc.run(['train', 'set', '--resume', '--steps', '5', ...quick]);
  expect({ exitCode: more.exitCode, out: more.out }, more.err).toEqual({ exitCode: 0, out: 'set\n' });
  // It is still called what it was when it began.
  expect(await readFile(at('set/curves.svg'), 'utf8')).toMatch(/>small<\/text>/);
});

test('another spec, another seed or a full folder are refused', async () => {
  await ganc.run(['train', 'small.gan', '--out', 'mine', '--steps', '2', ...quick]);
  const resume = ['train', 'small.gan', '--out', 'mine', '--resume', '--steps', '4', ...quick];
  const other = await ganc.run([...resume, '--set', 'width=5']);
  expect(other.exitCode).toBe(1);
  expect(other.err).toMatch(
    /error\[checkpoint-mismatch\]: .*different spec.*G\/dense\/kernel is \[2, 8\] there and \[2, 5\] in the spec/s,
  );
  const seed = await ganc.run([...resume, '--seed', '3']);
  expect(seed.exitCode).toBe(2);
  expect(seed.err).toMatch(/started with seed 0/);
  const full = await ganc.run(['train', 'small.gan', '--out', 'mine', ...quick]);
  expect(full.exitCode).toBe(1);
  expect(full.err).toMatch(/mine is not empty.*--resume/s);
  const done = await ganc.run(['train', 'mine', '--resume', ...quick]);
  expect(done.exitCode).toBe(0);
  expect(done.err).toMatch(/has done 2 of 2 steps/);
});

test('a run that was ended before its first checkpoint starts again with --resume', async () => {
  await mkdir(at('begun/checkpoints'), { recursive: true });
  await writeFile(at('begun/spec.gan'), smallSpec);
  await writeFile(at('begun/checkpoints/step-00000000.safetensors.1.part'), 'half');
  const { err, exitCode } = await ganc.run([
    'train',
    'small.gan',
    '--out',
    'begun',
    '--resume',
    '--steps',
    '1',
    ...quick,
  ]);
  expect(exitCode, err).toBe(0);
  expect(await readdir(at('begun/checkpoints'))).toContain('step-00000001.safetensors');
});

test('what is not there is named, without a stack', async () => {
  await mkdir(at('empty'), { recursive: true });
  await writeFile(
    at('folder.gan'),
    smallSpec
      .replace('gaussians.ring(points: 1000)', 'folder("nowhere")')
      .replace('point: [2]', 'point: [8, 8, 1] in [-1, 1]')
      .replace('-> dense(2)', '-> dense(64) -> reshape(8, 8, 1) -> tanh')
      .replace('x -> dense', 'x -> flatten -> dense'),
  );
  const cases: [string[], RegExp, number][] = [
    [['train', 'none.gan'], /none\.gan cannot be read: it does not exist/, 2],
    [['train', 'small.gan', '--out', 'small.gan/run'], /small\.gan\/run cannot be made/, 1],
    [['train', 'small.gan', '--resume', '--out', 'empty'], /no checkpoint in empty/, 2],
    [['train', 'small.gan', '--set', 'widht=3'], /no param widht.*--set width=/s, 2],
    [['train', 'small.gan', '--set', 'width'], /--set.*such as ch=32/s, 2],
    [['train', 'small.gan', '--engine', 'abacus'], /no engine named abacus.*ganc engines/s, 2],
    [['train', 'small.gan', '--steps', 'many'], /whole number/, 2],
    [['train', 'folder.gan', '--out', 'nodata'], /"nowhere" is not there: .*nowhere does not exist/, 1],
    [['train', 'empty'], /empty is a folder, not a spec.*--resume/s, 2],
    [['train', 'small.gan', '--steps', '0'], /whole number from 1/, 2],
    [['sample', 'empty'], /no checkpoint in empty/, 2],
    [['sample', 'small.gan'], /no checkpoint in small\.gan.*the folder of a run/s, 2],
  ];
  for (const [argv, message, exitCode] of cases) {
    const said = await ganc.run(argv);
    expect(said.err, argv.join(' ')).toMatch(message);
    expect(said.err).not.toMatch(/^\s+at /m);
    expect({ argv, exitCode: said.exitCode, out: said.out }).toEqual({ argv, exitCode, out: '' });
  }
  // A run that could not begin leaves no folder, which the next would have to avoid.
  await expect(access(at('nodata'))).rejects.toThrow();
});

test('a spec with mistakes is not trained; they are shown', async () => {
  await writeFile(at('wrong.gan'), smallSpec.replace('leaky_relu', 'leaky_rleu'));
  const { out, err, exitCode } = await ganc.run(['train', 'wrong.gan', '--out', 'wrong']);
  expect({ out, exitCode }).toEqual({ out: '', exitCode: 1 });
  expect(err).toMatch(/error\[unknown-layer\].*leaky_relu/s);
  await expect(access(at('wrong'))).rejects.toThrow();
});

test('a loss that is not finite stops training with the step, the loss and the layer', async () => {
  await writeFile(at('log.gan'), smallSpec.replace('bce(D(fake), 1)\n', 'mean(log(D(fake)))\n'));
  const { err, exitCode } = await ganc.run(['train', 'log.gan', '--out', 'log', ...quick]);
  expect(exitCode).toBe(1);
  expect(err).toMatch(/training stopped in step 1: loss G became NaN; it began in loss G \(log\)/);
  expect(err).toMatch(/the state before is saved in log\/checkpoints\/step-00000000-run-2\.safetensors/);
});

test('so do weights that overflow while the losses stay finite', async () => {
  const hot = smallSpec.replace('lr: 1e-3, beta1: 0.5)\n    ema', 'lr: 1e30, beta1: 0.5)\n    ema');
  await writeFile(at('hot.gan'), hot);
  const { err, exitCode } = await ganc.run(['train', 'hot.gan', '--out', 'hot', ...quick]);
  expect(exitCode).toBe(1);
  expect(err).toMatch(
    /training stopped after step 2: the weight G\/batch_norm\/moving_variance has become Infinity/,
  );
  expect(err).toMatch(/the last good checkpoint is hot\/checkpoints\/step-00000001\.safetensors/);
  expect(err).toMatch(/lower the learning rate/);
});

test('samples: a grid, single ones, rows between two', async () => {
  await ganc.run(['train', 'small.gan', '--out', 'points', '--steps', '2', ...quick]);
  const { out, err, exitCode } = await ganc.run([
    'sample',
    'points',
    '--grid',
    '20x20',
    '--out',
    'x.png',
    ...quick,
  ]);
  expect({ out, exitCode }, err).toEqual({ out: 'x.png\n', exitCode: 0 });
  const first = await readFile(at('x.png'));
  await ganc.run(['sample', 'points', '--grid', '20x20', '--out', 'y.png', ...quick]);
  expect(await readFile(at('y.png'))).toEqual(first);
  await ganc.run(['sample', 'points', '--grid', '20x20', '--seed', '1', '--out', 'y.png', ...quick]);
  expect(await readFile(at('y.png'))).not.toEqual(first);
  const rows = await ganc.run([
    'sample',
    'points',
    '--interpolate',
    '--grid',
    '3x9',
    '--out',
    'z.png',
    ...quick,
  ]);
  expect(rows.exitCode, rows.err).toBe(0);
  const numbers = await ganc.run(['sample', 'points', '--count', '5', '--out', 'five.npy', ...quick]);
  expect(numbers.out, numbers.err).toBe('five.npy\n');
  expect((await readFile(at('five.npy'))).toString('latin1')).toContain("'shape': (5, 2)");
  const film = await ganc.run(['sample', 'points', '--out', 'x.mp4', ...quick]);
  expect(film.exitCode).toBe(2);
  expect(film.err).toMatch(/samples cannot be written as \.mp4\n.*clips that move \.webp or \.gif/);
  const bad = await ganc.run(['sample', 'points', '--label', '3', ...quick]);
  expect(bad.exitCode).toBe(2);
  expect(bad.err).toMatch(/takes no label/);
});

test('a conditional generator makes the class that is asked for', async () => {
  const conditional = smallSpec
    .replace('point: [2]\n', 'point: [2]\n  mode: label(8)\n')
    .replace('G(z)', 'G(z, y: points.mode)')
    .replace('z -> dense(width)', 'concat(z, y -> embed(4)) -> dense(width)')
    .replace('fake = G(z)', 'y = points.mode\n  fake = G(z, y)')
    .replace('D(x: points.point)', 'D(x: points.point, y: points.mode)')
    .replace('x -> dense(width)', 'concat(x, y -> embed(4)) -> dense(width)')
    .replace('D(real + normal(std: 0.1))', 'D(real, y)')
    .replaceAll('D(fake)', 'D(fake, y)');
  await writeFile(at('classes.gan'), conditional);
  const trained = await ganc.run(['train', 'classes.gan', '--out', 'classes', '--steps', '2', ...quick]);
  expect(trained.exitCode, trained.err).toBe(0);
  const sample = async (...more: string[]) => {
    const { exitCode, err } = await ganc.run(['sample', 'classes', '--out', 'c.png', ...more, ...quick]);
    expect(exitCode, err).toBe(0);
    return readFile(at('c.png'));
  };
  const three = await sample('--label', '3');
  expect(await sample('--label', '3')).toEqual(three);
  expect(await sample('--label', '4')).not.toEqual(three);
  expect(await sample('--label', 'all')).not.toEqual(three);
  const unsaid = await ganc.run(['sample', 'classes', ...quick]);
  expect(unsaid.exitCode).toBe(2);
  expect(unsaid.err).toMatch(/error\[sample-needs-condition\]: G makes what y says.*┌─ .*--label all/s);
  expect(trained.err).toContain('sample classes --grid 8x8 --label all --out samples.png');
  const unknown = await ganc.run(['sample', 'classes', '--label', '8', ...quick]);
  expect({ exitCode: unknown.exitCode, err: unknown.err }).toMatchObject({
    exitCode: 2,
    err: expect.stringMatching(/G has no class 8.*from 0 to 7/s),
  });
});
