import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Command } from 'commander';
import { InvalidArgumentError } from 'commander';
import { clipWebp, imagePng } from '../media/grid.ts';
import type { Samples } from '../media/samples.ts';
import { SAMPLES_FILES, type SamplesFile, samplesFile } from '../media/samples-file.ts';
import { isPictured } from '../media/samples-png.ts';
import type { Stamp } from '../media/stamp.ts';
import { requireSamePretrained, requireSameSpec } from '../train/checkpoint.ts';
import type { Job, SamplePlan } from '../train/job.ts';
import { makeFolders } from '../train/make-folders.ts';
import { type AskedLabels, labelling, requireLabels } from '../train/sample-labels.ts';
import { makeSamples, type SampleRequest } from '../train/samples.ts';
import { reasonOf, UserError } from '../user-error.ts';
import { compileSpec, stageReached } from './compiled-spec.ts';
import { openSession } from './engine-choice.ts';
import { located } from './located.ts';
import { grid, wholeNumber } from './option-values.ts';
import { openSampleLoaders } from './sample-loaders.ts';
import type { Terminal } from './terminal.ts';
import { findTrained, warn } from './trained.ts';

interface SampleOptions {
  readonly grid?: readonly [number, number];
  readonly count?: number;
  readonly interpolate?: boolean;
  readonly label?: AskedLabels;
  readonly seed: number;
  readonly out?: string;
  readonly checkpoint?: string;
  readonly network?: string;
  readonly engine?: string;
  readonly threads?: number;
  readonly dataRoot?: string;
}

/** `ganc sample RUN`: makes pictures with the weights of a run, the averaged ones where there are any. */
export function define(command: Command, terminal: Terminal): void {
  command
    .argument('<run>', 'the folder of a run, or a bundle with weights')
    .option(
      '--grid <rowsxcolumns>',
      'one picture of so many samples; default: as the spec says, else 8x8',
      grid,
    )
    .option(
      '--count <n>',
      'so many files of one sample each, into the folder --out; into one file where that is .npy',
      wholeNumber(1, 1_000_000),
    )
    .option('--interpolate', 'let each row of the grid go over from one sample to another')
    .option(
      '--label <class>',
      'the class to make, several as 0,1,7, or all in turn; default: as `rows` in the spec says',
      labels,
    )
    .option('--seed <n>', 'decides the random numbers', wholeNumber(0), 0)
    .option(
      '--out <path>',
      'a picture (.png), one in which clips move (.webp, .gif) or the numbers (.npy); with --count a folder; ' +
        'default samples.png or samples/',
    )
    .option('--checkpoint <file>', 'default: the newest one of the run')
    .option('--network <name>', 'default: that of the first sample block, else the first generator')
    .option('--engine <name>', 'what to run on: tensorflow, wasm or cpu; default: the best installed')
    .option('--threads <n>', 'threads of the engine; default: one per core', wholeNumber(1, 256))
    .option('--data-root <folder>', 'where data paths start, for networks that are given data')
    .action(async (run: string, options: SampleOptions) => {
      if (options.count !== undefined && (options.grid || options.interpolate)) {
        throw new UserError(
          '--count makes single pictures, so it cannot go with --grid or --interpolate',
          null,
          {
            exitCode: 2,
          },
        );
      }
      await sample(run, options, terminal);
    });
}

async function sample(run: string, options: SampleOptions, terminal: Terminal): Promise<void> {
  const kind = fileKind(options);
  const trained = await findTrained(run, options.checkpoint, terminal);
  const { file, spec, hash, step, state, pretrained: known, variables } = trained;
  const { checked, stages } = compileSpec(spec, {}, terminal, options.dataRoot);
  const job = stageReached(stages, step).job();
  const { plan, loaders, session, pretrained } = await located(checked, async () => {
    requireSameSpec({ state, spec: { hash } }, job.spec, variables(job), file);
    const plan = choosePlan(job, options.network);
    requireLabels(job, plan, options.label);
    const loaders = await openSampleLoaders(job, options.seed, options.dataRoot);
    const choice = { ...options, programs: [plan.program] };
    return { plan, loaders, ...(await openSession(job, choice, (text) => warn(terminal, text))) };
  });
  try {
    if (known) requireSamePretrained({ pretrained: known }, pretrained, file);
    await session.writeState(new Map([...state].map(([at, { values }]) => [at, values])));
    const shape = options.grid ?? plan.grid ?? ([8, 8] as const);
    const label = labelling(job, plan, options.label, options.count === undefined ? shape[1] : null);
    const request: SampleRequest = {
      count: options.count ?? shape[0] * shape[1],
      seed: options.seed,
      loaders,
      ...(label ? { label } : {}),
      ...(options.interpolate ? { interpolate: shape } : {}),
    };
    const made = await makeSamples(session, job, plan, request);
    const stamp = { spec: hash, seed: options.seed, step };
    for (const [output, samples] of made) {
      const several = made.size > 1 ? `-${output}` : '';
      if (kind === null) {
        await writeSingles(samples, options.count!, stamp, `${options.out ?? 'samples'}${several}`, terminal);
        continue;
      }
      const gap = options.interpolate ? { gap: 0 } : {};
      const content = await samplesFile(samples, kind, { grid: shape, stamp, ...gap });
      if (!content) throw unpictured(samples);
      const file = withSuffix(options.out ?? 'samples.png', several);
      await write(file, content);
      terminal.out.write(`${file}\n`);
    }
  } finally {
    await session.close();
    for (const loader of loaders.values()) await loader.close();
  }
}

function choosePlan(job: Job, network: string | undefined): SamplePlan {
  const plan =
    network === undefined ? job.samples[0] : job.samples.find((candidate) => candidate.network === network);
  if (plan) return plan;
  const names = job.samples.map((candidate) => candidate.network).join(', ');
  throw new UserError(
    network === undefined ? 'this spec has no generator' : `there is no network ${network} to sample`,
    names ? `use one of ${names}` : 'add a generator, or a sample block for a network',
    { exitCode: 2 },
  );
}

function labels(text: string): AskedLabels {
  if (text === 'all') return text;
  const values = text.split(',').map((part) => (/^\d{1,6}$/.test(part.trim()) ? Number(part) : Number.NaN));
  if (values.every(Number.isInteger)) return values;
  throw new InvalidArgumentError('Give a class by its number, several, or all: 3 or 0,1,7 or all.');
}

/** The kind of the one file that all samples go into; null for a file each. */
function fileKind({ out, count }: SampleOptions): SamplesFile | null {
  const end = path.extname(out ?? '').toLowerCase();
  if (count !== undefined) return end === '.npy' ? end : null;
  const kind = end === '' ? '.png' : SAMPLES_FILES.find((known) => known === end);
  if (kind) return kind;
  throw new UserError(
    `samples cannot be written as ${end}`,
    'pictures are .png, clips that move .webp or .gif, and the numbers themselves .npy',
    { exitCode: 2 },
  );
}

async function writeSingles(
  samples: Samples,
  count: number,
  stamp: Stamp,
  folder: string,
  terminal: Terminal,
): Promise<void> {
  if (!isPictured(samples)) throw unpictured(samples);
  const moves = samples.shape.length === 4;
  const digits = String(count - 1).length;
  for (let index = 0; index < count; index++) {
    const file = path.join(folder, `${String(index).padStart(digits, '0')}.${moves ? 'webp' : 'png'}`);
    await write(file, await (moves ? clipWebp(samples, index) : imagePng(samples, index, stamp)));
  }
  terminal.out.write(`${folder}\n`);
}

function unpictured({ shape }: Samples): UserError {
  return new UserError(
    `samples of shape [${shape.join(', ')}] cannot be drawn`,
    'write the numbers: --out samples.npy (images have 1, 3 or 4 channels, clips frames of them, points of the plane 2 numbers)',
  );
}

async function write(file: string, content: Uint8Array): Promise<void> {
  try {
    await makeFolders(path.dirname(file));
    await writeFile(file, content);
  } catch (error) {
    throw new UserError(`${file} cannot be written: ${reasonOf(error)}`, 'choose another place with --out', {
      cause: error,
    });
  }
}

/** `samples.png` and `-score` are `samples-score.png`. */
function withSuffix(file: string, suffix: string): string {
  if (suffix === '') return file;
  const { dir, name, ext } = path.parse(file);
  return path.join(dir, `${name}${suffix}${ext}`);
}
