import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import sharp from 'sharp';
import { beforeAll, expect, test } from 'vitest';
import { readCheckpoint } from '../../runtime/train/checkpoint.ts';
import type { TrainingEvent } from '../../runtime/train/events.ts';
import { growingSpec } from '../3-check/growing-spec.ts';
import { describeOn } from '../engines/on-each-engine.ts';
import { useGanc } from './ganc.ts';
import { killAndResume } from './kill-and-resume.ts';

const ganc = useGanc();
const last = 'checkpoints/step-00000040.safetensors';

beforeAll(() => writeFile(path.join(ganc.folder, 'growing.gan'), growingSpec()));

describeOn(['tensorflow', 'wasm'], 'a training in stages', (engine) => {
  const at = (...parts: string[]) => path.join(ganc.folder, engine, ...parts);
  const run = (out: string) => path.join(engine, out);
  const train = (out: string, ...more: string[]) => [
    'train',
    'growing.gan',
    ...['--engine', engine, '--out', run(out), '--checkpoint-every', '3', '--threads', '2'],
    ...more,
  ];
  const eventsOf = async (out: string) =>
    (await readFile(at(out, 'events.jsonl'), 'utf8'))
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as TrainingEvent);

  /** The weights and all else that 40 steps in one go lead to. */
  let whole: Awaited<ReturnType<typeof readCheckpoint>>;
  let said = '';

  beforeAll(async () => {
    const { exitCode, err } = await ganc.run(train('whole', '--keep', '20'));
    expect(exitCode, err).toBe(0);
    said = err;
    whole = await readCheckpoint(at('whole', last));
  });

  test('goes through them in order, and says what goes on', async () => {
    expect(said).toMatch(/training growing in stage "4x4" for 40 steps of 8 on \w+/);
    expect(said).toMatch(/stage "8x8" from step 11: 8 weights go on \(398 numbers\), 8 are new \(421\)\n/);
    expect(said).toMatch(/stage "16x16" from step 23: 12 weights go on .*, 8 are new .*, 4 are left behind/);
    const events = await eventsOf('whole');
    expect(events.filter(({ event }) => event === 'step')).toHaveLength(40);
    expect(
      events.flatMap((event) => (event.event === 'stage' ? [[event.step, event.stage, event.batch]] : [])),
    ).toEqual([
      [10, '8x8', 4],
      [22, '16x16', 4],
    ]);
    const drawn = events.flatMap((event) => (event.event === 'samples' ? [event.step] : []));
    expect(drawn).toEqual([5, 10, 15, 20, 22, 25, 30, 35, 40]);
    const curves = await readFile(at('whole/curves.svg'), 'utf8');
    for (const label of ['4x4', '8x8', '16x16']) expect(curves).toContain(`>${label}</text>`);
    expect(whole.stage).toBe('16x16');
    expect(await readFile(at('whole/history.png'))).toHaveProperty('length');
  });

  test('carries over what fits: weights, what Adam keeps, averages; and fades', async () => {
    const before = await readCheckpoint(at('whole/checkpoints/step-00000010.safetensors'));
    const after = await readCheckpoint(at('whole/checkpoints/step-00000012.safetensors'));
    expect([before.stage, after.stage]).toEqual(['4x4', '8x8']);
    const kept = [...before.state.keys()].filter((name) => after.state.has(name));
    for (const name of ['G/h/dense/kernel', 'ema/G/h/dense/kernel', 'adam/G/h/dense/kernel/v'])
      expect(kept).toContain(name);
    // Two small steps do not lead far from where a weight was; drawn anew it would be elsewhere.
    const moved = (name: string) =>
      Math.max(
        ...after.state
          .get(name)!
          .values.map((value, i) => Math.abs(value - before.state.get(name)!.values[i]!)),
      );
    expect(moved('G/h/dense/kernel')).toBeLessThan(0.01);
    expect(after.state.get('G/blend/amount')!.values[0]).toBeCloseTo(0.2, 6);
    expect(whole.state.get('G/blend/amount')!.values[0]).toBe(1);
  });

  test.each([10, 15])('interrupted after step %i it goes on bit for bit', async (step) => {
    const out = `parts-${step}`;
    await ganc.run(train(out, '--steps', String(step)));
    const { exitCode, err } = await ganc.run([
      'train',
      run(out),
      '--resume',
      '--steps',
      '40',
      '--threads',
      '2',
    ]);
    expect(exitCode, err).toBe(0);
    expect((await readCheckpoint(at(out, last))).state).toEqual(whole.state);
    const stages = (await eventsOf(out)).filter(({ event }) => event === 'stage');
    expect(stages.map((event) => event.step)).toEqual([10, 22]);
  });

  test('killed at any moment, again and again, it resumes to the same weights', async () => {
    await killAndResume(ganc, {
      argv: train('killed'),
      run: run('killed'),
      attempts: 6,
      within: 150,
    });
    expect((await readCheckpoint(at('killed', last))).state).toEqual(whole.state);
  });

  test('is sampled as it was in the stage of a checkpoint', async () => {
    for (const [step, size] of [
      ['00000010', 4],
      ['00000015', 8],
      ['00000040', 16],
    ] as const) {
      const out = path.join(engine, `size-${step}`);
      const file = at(`whole/checkpoints/step-${step}.safetensors`);
      const argv = [
        'sample',
        run('whole'),
        '--checkpoint',
        file,
        '--count',
        '1',
        '--out',
        out,
        '--engine',
        engine,
      ];
      const { exitCode, err } = await ganc.run(argv);
      expect(exitCode, err).toBe(0);
      const png = await readFile(path.join(ganc.folder, out, '0.png'));
      expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([size, size]);
    }
  });

  test('more steps than its stages have are more of the last one', async () => {
    const { exitCode, err } = await ganc.run(train('more', '--steps', '42'));
    expect(exitCode, err).toBe(0);
    const { stage, step } = await readCheckpoint(at('more/checkpoints/step-00000042.safetensors'));
    expect([stage, step]).toEqual(['16x16', 42]);
  });
});

test('data that only a later stage needs is looked for before the first begins', async () => {
  const text = growingSpec()
    .replace('param size = 16', 'param place = "data/small"\nparam size = 16')
    .replace('mnist()', 'folder(place)')
    .replace('stage "16x16" {', 'stage "16x16" { place: "data/large" ');
  await writeFile(path.join(ganc.folder, 'folders.gan'), text);
  await mkdir(path.join(ganc.folder, 'data/small'), { recursive: true });
  const picture = sharp({ create: { width: 8, height: 8, channels: 3, background: 'white' } });
  await writeFile(path.join(ganc.folder, 'data/small/1.png'), await picture.png().toBuffer());
  const argv = ['train', 'folders.gan', '--engine', 'wasm', '--out', 'folders'];
  const { exitCode, err } = await ganc.run(argv);
  expect(exitCode).toBe(1);
  expect(err).toContain('the stage "16x16" could not begin: "data/large" is not there');
  expect(existsSync(path.join(ganc.folder, 'folders'))).toBe(false);
  const short = await ganc.run([...argv, '--steps', '12']);
  expect(short.exitCode, short.err).toBe(0);
});
