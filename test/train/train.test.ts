import { constants, mkdirSync } from 'node:fs';
import { access, mkdir, mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readStamp } from '../../runtime/media/stamp.ts';
import { readCheckpoint } from '../../runtime/train/checkpoint.ts';
import { readEvents, type TrainingEvent } from '../../runtime/train/events.ts';
import { RunFolder } from '../../runtime/train/run-folder.ts';
import { type TrainOptions, train } from '../../runtime/train/train.ts';
import { UserError } from '../../runtime/user-error.ts';
import { referenceSession } from './reference-session.ts';
import { type Quirks, smallJob, smallLoaders } from './small-job.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'ganc-train-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

interface Given extends Partial<Omit<TrainOptions, 'folder'>> {
  readonly quirks?: Quirks;
  readonly at?: string;
}

/** Trains the small job in `folder`, or in a folder in it. */
async function trainSmall({ quirks, at = '.', ...given }: Given = {}) {
  const job = smallJob(quirks);
  const run = new RunFolder(path.join(folder, at));
  const events: TrainingEvent[] = [];
  const warnings: string[] = [];
  await mkdir(run.folder, { recursive: true });
  const session = referenceSession(job.compiled.set);
  const options: TrainOptions = {
    job,
    session,
    engine: 'reference',
    loaders: smallLoaders(),
    sampleLoaders: new Map(),
    folder: run,
    seed: 1,
    steps: 40,
    resume: null,
    checkpointEvery: 10,
    sampleEvery: 20,
    observer: (event) => events.push(event),
    signal: new AbortController().signal,
    ...given,
  };
  const resume = () => run.checkpoints.latest((message) => warnings.push(message), true);
  return { run, events, warnings, session, resume, go: () => train(options), options };
}

async function names(run: RunFolder): Promise<string[]> {
  return (await run.checkpoints.list()).map((file) => path.basename(file));
}

test('a run folder holds checkpoints, events, samples and curves', async () => {
  const { run, events, go } = await trainSmall();
  expect(await go()).toBe('done');
  expect(await names(run)).toEqual(['step-00000030.safetensors', 'step-00000040.safetensors']);
  expect((await readdir(path.join(run.folder, 'samples'))).sort()).toEqual([
    'step-00000020.png',
    'step-00000040.png',
  ]);
  const stamp = readStamp(await readFile(run.picture(40, null)));
  expect(stamp).toEqual({ spec: 'a'.repeat(64), seed: 1, step: 40 });
  expect(await readFile(run.curves, 'utf8')).toMatch(/<svg.*loss G.*loss D/s);
  expect(readEvents(run.events)).toEqual(events);
  expect(events[0]).toMatchObject({
    event: 'start',
    step: 0,
    steps: 40,
    seed: 1,
    batch: 4,
    engine: 'reference',
  });
  expect(events.filter(({ event }) => event === 'step')).toHaveLength(40);
  expect(events.filter(({ event }) => event === 'checkpoint').map(({ step }) => step)).toEqual([
    1, 10, 20, 30, 40,
  ]);
  expect(events.at(-1)).toMatchObject({ event: 'end', step: 40 });
});

test('asked to stop, it finishes the step, saves, and resumes to the same weights', async () => {
  const whole = await trainSmall({ at: 'whole' });
  await whole.go();

  const stop = new AbortController();
  const first = await trainSmall({
    at: 'halves',
    signal: stop.signal,
    observer: ({ event, step }) => event === 'step' && step === 17 && stop.abort(),
  });
  expect(await first.go()).toBe('interrupted');
  expect((await names(first.run)).at(-1)).toBe('step-00000017.safetensors');
  expect(readEvents(first.run.events).at(-1)).toMatchObject({ event: 'interrupted', step: 17 });

  const second = await trainSmall({ at: 'halves', resume: await first.resume() });
  expect(await second.go()).toBe('done');
  expect(await second.session.readState()).toEqual(await whole.session.readState());
  expect(readEvents(second.run.events).filter(({ event }) => event === 'step')).toHaveLength(40);
});

test('steps that are gone through again are in the log once', async () => {
  const { run, go, resume } = await trainSmall({ steps: 15 });
  await go();
  const events = await readFile(run.events, 'utf8');
  // As if it had been killed in step 16, in the middle of a line, before the checkpoint of step 15.
  await rm((await run.checkpoints.list()).at(-1)!);
  await writeFile(run.events, `${events}{"event":"step","step":16,"los`);
  const second = await trainSmall({ steps: 20, resume: await resume() });
  await second.go();
  const steps = readEvents(run.events).flatMap(({ event, step }) => (event === 'step' ? [step] : []));
  expect(steps).toEqual(Array.from({ length: 20 }, (_, i) => i + 1));
});

test('of a cut checkpoint the one before is used, the user is told, and the result is the same', async () => {
  const whole = await trainSmall({ at: 'whole' });
  await whole.go();
  const first = await trainSmall({ at: 'cut', steps: 25 });
  await first.go();
  const last = (await first.run.checkpoints.list()).at(-1)!;
  await truncate(last, 200);
  const found = await first.resume();
  expect(path.basename(found!.file)).toBe('step-00000020.safetensors');
  expect(first.warnings).toEqual([
    expect.stringMatching(/step-00000025\.safetensors cannot be used: .*cut short/),
  ]);
  const second = await trainSmall({ at: 'cut', resume: found });
  await second.go();
  expect(await second.session.readState()).toEqual(await whole.session.readState());
  // The damaged one is kept aside and does not push out a good one.
  expect(await readdir(first.run.checkpoints.folder)).toContain('step-00000025.safetensors.damaged');
  expect(await names(first.run)).toEqual(['step-00000030.safetensors', 'step-00000040.safetensors']);
});

test('when no checkpoint is whole, it says so', async () => {
  const { run, go, resume } = await trainSmall({ steps: 20 });
  await go();
  for (const file of await run.checkpoints.list()) await truncate(file, 5);
  await expect(resume()).rejects.toThrow(/none of the 2 checkpoints/);
});

test('what a killed process left unfinished is removed', async () => {
  const { run, go, resume } = await trainSmall({ steps: 20 });
  await go();
  const left = path.join(run.checkpoints.folder, 'step-00000030.safetensors.123.part');
  await writeFile(left, 'half');
  await resume();
  await expect(access(left, constants.F_OK)).rejects.toThrow();
});

test('a loss that is not finite stops with the step, the loss and the layer, after saving', async () => {
  const { run, events, go } = await trainSmall({ quirks: { breaksInStep: 13 } });
  const error = await go().then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(UserError);
  expect((error as Error).message).toMatch(
    /stopped in step 13: loss G became NaN; it began in G\/dense \(log\)/,
  );
  expect((error as Error).message).toMatch(/saved in .*step-00000012-run-2\.safetensors/);
  expect(events.find(({ event }) => event === 'not-finite')).toMatchObject({
    step: 13,
    program: 'update.G',
    output: 'loss G',
    value: 'NaN',
    origin: 'G/dense',
  });
  const saved = await readCheckpoint((await run.checkpoints.list()).at(-1)!);
  expect(saved).toMatchObject({ step: 12, run: 2 });
});

test('weights that are not finite are not saved; the last good checkpoint is named', async () => {
  const given = await trainSmall({ checkpointEvery: 5 });
  let runs = 0;
  const session: TrainOptions['session'] = {
    ...given.session,
    async run(program, inputs) {
      const outputs = await given.session.run(program, inputs);
      if (program === 'update.G' && ++runs === 9) {
        await given.session.writeState(new Map([['G/w', Float32Array.of(Number.NaN, 0)]]));
      }
      return outputs;
    },
  };
  const failed = train({ ...given.options, session });
  await expect(failed).rejects.toThrow(
    /after step 9: the weight G\/w has become NaN; the last good checkpoint is .*step-00000005\.safetensors/,
  );
  expect((await names(given.run)).at(-1)).toBe('step-00000005.safetensors');
});

test('a checkpoint that cannot be written stops training and leaves the ones before', async () => {
  const { run, options } = await trainSmall({ checkpointEvery: 5 });
  // A folder in the place of the file that will be written: renaming onto it fails, for root as well.
  const blocked = path.join(run.checkpoints.folder, 'step-00000015.safetensors');
  const observer = ({ event, step }: TrainingEvent) => {
    if (event === 'step' && step === 12) mkdirSync(path.join(blocked, 'x'), { recursive: true });
  };
  await expect(train({ ...options, observer })).rejects.toThrow(
    /checkpoint of step 15 cannot be written to .*; the last good checkpoint is .*step-00000010\.safetensors/,
  );
  await rm(blocked, { recursive: true });
  expect(await names(run)).toEqual(['step-00000005.safetensors', 'step-00000010.safetensors']);
  for (const file of await run.checkpoints.list()) await readCheckpoint(file);
  expect((await readdir(run.checkpoints.folder)).filter((name) => name.endsWith('.part'))).toEqual([]);
});

test('a picture that cannot be written stops training after saving', async () => {
  const { run, options } = await trainSmall();
  await writeFile(path.join(run.folder, 'samples'), 'a file in the place of the folder');
  await expect(train(options)).rejects.toThrow(/samples.*cannot be written.*saved in .*step-00000020/);
});
