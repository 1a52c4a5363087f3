import { readdir, readFile, truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { readCheckpoint } from '../../runtime/train/checkpoint.ts';
import { CheckpointFolder } from '../../runtime/train/checkpoint-folder.ts';
import { describeOn } from '../engines/on-each-engine.ts';
import { useGanc } from './ganc.ts';
import { killAndResume } from './kill-and-resume.ts';
import { smallSpec } from './small-spec.ts';

const ganc = useGanc();
const last = 'checkpoints/step-00000040.safetensors';

beforeAll(() => writeFile(path.join(ganc.folder, 'small.gan'), smallSpec));

describeOn(['tensorflow', 'wasm'], 'an interrupted run', (engine) => {
  const at = (...parts: string[]) => path.join(ganc.folder, engine, ...parts);
  const run = (out: string) => path.join(engine, out);
  const train = (out: string, ...more: string[]) => [
    'train',
    'small.gan',
    ...['--engine', engine, '--out', run(out), '--checkpoint-every', '5', '--threads', '2'],
    ...more,
  ];

  /** The weights and all else that 40 steps in one go lead to. */
  let whole: Awaited<ReturnType<typeof readCheckpoint>>;

  beforeAll(async () => {
    const { exitCode, err } = await ganc.run(train('whole'));
    expect(exitCode, err).toBe(0);
    whole = await readCheckpoint(at('whole', last));
  });

  test('40 steps are 20 and 20, bit for bit', async () => {
    await ganc.run(train('halves', '--steps', '20'));
    await ganc.run(train('halves', '--steps', '40', '--resume'));
    expect((await readCheckpoint(at('halves', last))).state).toEqual(whole.state);
  });

  test('killed at any moment, again and again, it resumes to the same weights', async () => {
    await killAndResume(ganc, {
      argv: train('killed'),
      run: run('killed'),
      attempts: 12,
      within: 60,
    });
    expect((await readCheckpoint(at('killed', last))).state).toEqual(whole.state);
    const steps = (await readFile(at('killed/events.jsonl'), 'utf8')).match(/"event":"step"/g);
    expect(steps).toHaveLength(40);
  });

  test('of a checkpoint that was cut short the one before is used, the user is told, the weights are the same', async () => {
    await ganc.run(train('cut', '--steps', '20'));
    const folder = at('cut/checkpoints');
    expect((await readdir(folder)).sort()).toEqual([
      'step-00000015.safetensors',
      'step-00000020.safetensors',
    ]);
    await truncate(path.join(folder, 'step-00000020.safetensors'), 1500);
    const { exitCode, err } = await ganc.run(train('cut', '--steps', '40', '--resume'));
    expect(exitCode, err).toBe(0);
    expect(err).toMatch(/step-00000020\.safetensors cannot be used: .*cut short.*trying the one before it/);
    expect(err).toMatch(/going on with \w+.cut from step 15 to 40/);
    expect((await readCheckpoint(at('cut', last))).state).toEqual(whole.state);
  });

  test.each(['SIGINT', 'SIGTERM'] as const)(
    '%s finishes the step, saves and ends with 130',
    async (signal) => {
      const out = signal.toLowerCase();
      const started = ganc.start(train(out, '--steps', '1000000', '--checkpoint-every', '1000000', '--json'));
      await started.hears(/"event":"step"/);
      started.process.kill(signal);
      const { exitCode, err } = await started.ended;
      expect(exitCode).toBe(130);
      expect(err).toMatch(/finishing this step and saving/);
      expect(err).toMatch(new RegExp(`go on with: (npx )?ganc train ${run(out)} --resume`));
      const [newest] = (await new CheckpointFolder(at(out, 'checkpoints')).list()).reverse();
      const { step } = await readCheckpoint(newest!);
      expect(step).toBeGreaterThan(0);
      const events = (await readFile(at(out, 'events.jsonl'), 'utf8')).trim().split('\n');
      expect(JSON.parse(events.at(-1)!)).toEqual({ event: 'interrupted', step });
    },
  );

  test('a second process is told that the run is in use, and leaves it alone', async () => {
    const started = ganc.start(train('shared', '--steps', '1000000', '--json'));
    await started.hears(/"event":"step"/);
    const second = await ganc.run(['train', run('shared'), '--resume']);
    expect(second.exitCode).toBe(1);
    expect(second.err).toMatch(
      new RegExp(`${run('shared')} is being trained by process ${started.process.pid}`),
    );
    started.process.kill('SIGINT');
    expect((await started.ended).exitCode).toBe(130);
    expect(await readdir(at('shared'))).not.toContain('lock');
    const { exitCode, out } = await ganc.run(['train', run('shared'), '--resume', '--steps', '1']);
    expect({ exitCode, out }).toEqual({ exitCode: 0, out: '' });
  });

  test('when nobody reads its events any more, it saves and ends', async () => {
    const started = ganc.start(train('unheard', '--steps', '1000000', '--json'));
    await started.hears(/"event":"step"/);
    started.process.stdout.destroy();
    const { exitCode } = await started.ended;
    expect(exitCode).toBe(130);
    expect(await readFile(at('unheard/events.jsonl'), 'utf8')).toMatch(/"event":"interrupted"/);
  });
});

describeOn(['tensorflow'], 'a run begun on wasm', (engine) => {
  test('goes on there, with the same weights up to rounding', async () => {
    // Batch norm takes a bias before it away again: Adam walks it along what rounding leaves of a gradient of 0.
    const spec = smallSpec.replace('dense(width) -> batch_norm', 'dense(width, bias: false) -> batch_norm');
    await writeFile(path.join(ganc.folder, 'moved.gan'), spec);
    const run = (...more: string[]) => ganc.run(['train', 'moved.gan', '--threads', '2', ...more]);
    await run('--engine', 'wasm', '--out', 'moved', '--steps', '20');
    const { exitCode, err } = await run('--engine', engine, '--out', 'moved', '--resume', '--steps', '40');
    expect(exitCode, err).toBe(0);
    await run('--engine', engine, '--out', 'stayed', '--steps', '40');
    const [moved, stayed] = await Promise.all(
      ['moved', 'stayed'].map((out) => readCheckpoint(path.join(ganc.folder, out, last))),
    );
    expect(moved!.engine).toBe(engine);
    expect([...moved!.state.keys()]).toEqual([...stayed!.state.keys()]);
    for (const [name, { values }] of moved!.state) {
      values.forEach((value, index) => {
        expect(Math.abs(value - stayed!.state.get(name)!.values[index]!), name).toBeLessThan(1e-4);
      });
    }
  });
});
