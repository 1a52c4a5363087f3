import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Command } from 'commander';
import type { Checked } from '../../compiler/index.ts';
import { bestFile } from '../media/samples-file.ts';
import { requireSamePretrained, requireSameSpec } from '../train/checkpoint.ts';
import type { FoundCheckpoint } from '../train/checkpoint-folder.ts';
import { readEvents, type TrainingEvent } from '../train/events.ts';
import type { Job, SpecText } from '../train/job.ts';
import { createRun, newestRun, RunFolder } from '../train/run-folder.ts';
import { lockRun } from '../train/run-lock.ts';
import { asksForLabels } from '../train/sample-labels.ts';
import { stageAt, stepsOf } from '../train/stage-at.ts';
import { train } from '../train/train.ts';
import { UserError } from '../user-error.ts';
import { compileSpec, type SpecStage, specName, stageReached, trainingStages } from './compiled-spec.ts';
import { INTERRUPTED, stopOnSignals } from './interrupt.ts';
import { tryLaterData } from './later-data.ts';
import { located } from './located.ts';
import { OpenStage } from './open-stage.ts';
import { setting, wholeNumber } from './option-values.ts';
import { programName } from './program-name.ts';
import { Progress } from './progress.ts';
import { keptSpec, readSpec } from './spec-file.ts';
import type { Terminal } from './terminal.ts';

interface TrainCommandOptions {
  readonly steps?: number;
  readonly seed?: number;
  readonly out?: string;
  readonly resume?: boolean;
  readonly set?: Readonly<Record<string, string>>;
  readonly engine?: string;
  readonly threads?: number;
  readonly dataRoot?: string;
  readonly checkpointEvery?: number;
  readonly sampleEvery?: number;
  readonly keep?: number;
  readonly json?: boolean;
}

/** `ganc train SPEC`: trains it in a run folder; `--resume` goes on there, bit for bit. */
export function define(command: Command, terminal: Terminal): void {
  command
    .argument('<spec>', 'a spec, or with --resume the folder of a run')
    .option('--steps <n>', 'steps in all, those of a resumed run included', wholeNumber(1, 2 ** 31 - 1))
    .option('--seed <n>', 'decides all random numbers; default 0', wholeNumber(0))
    .option('--out <folder>', 'the run folder; default: the next free runs/SPEC-N')
    .option('--resume', 'go on from the newest checkpoint in the run folder')
    .option('--set <param=value>', 'another value for a param; may be repeated', setting)
    .option('--engine <name>', 'what to run on: tensorflow, wasm or cpu; default: the best installed')
    .option('--threads <n>', 'threads of the engine; default: one per core', wholeNumber(1, 256))
    .option('--data-root <folder>', 'where data paths start, instead of the folder of the spec')
    .option('--checkpoint-every <steps>', 'default: about once a minute', wholeNumber(1))
    .option('--sample-every <steps>', 'default: as the spec says, else ten times', wholeNumber(1))
    .option('--keep <n>', 'checkpoints to keep; default 2', wholeNumber(2))
    .option('--json', 'write one JSON object per event and line to standard output')
    .addHelpText('after', '\nCtrl-C finishes the step, saves and ends with 130; a second one ends at once.\n')
    .action(async (name: string, options: TrainCommandOptions) => {
      const progress = new Progress(terminal.err);
      try {
        await new TrainCommand(name, options, terminal, progress).run();
      } finally {
        progress.clear();
      }
    });
}

class TrainCommand {
  readonly #name: string;
  readonly #options: TrainCommandOptions;
  readonly #terminal: Terminal;
  readonly #progress: Progress;
  #unlock: () => Promise<void> = async () => {};

  constructor(name: string, options: TrainCommandOptions, terminal: Terminal, progress: Progress) {
    this.#name = name;
    this.#options = options;
    this.#terminal = terminal;
    this.#progress = progress;
  }

  async run(): Promise<void> {
    try {
      const prepared = this.#options.resume ? await this.#resumed() : await this.#fresh();
      await located(prepared.checked, () => this.#train(prepared));
    } finally {
      await this.#unlock();
    }
  }

  async #train({ stages, name, spec, begun, resume, steps }: Prepared): Promise<void> {
    if (begun && resume && resume.checkpoint.step >= steps) {
      this.#terminal.err.write(
        `${begun.folder} has done ${resume.checkpoint.step} of ${steps} steps; --steps N goes on to N\n`,
      );
      return;
    }
    const seed = resume?.checkpoint.seed ?? this.#options.seed ?? 0;
    const first = stageAt(trainingStages(stages), resume?.checkpoint.step ?? 0);
    await tryLaterData(stages, { current: first, steps }, spec.folder, this.#options.dataRoot);
    const open = new OpenStage(
      (index) => ({ ...stages[index]!.job(), name, spec }),
      seed,
      { ...this.#options, engine: this.#options.engine ?? resume?.checkpoint.engine },
      (text) => this.#warn(text),
    );
    const workplace = await open.change(first);
    const { job } = workplace;
    const stop = stopOnSignals(() =>
      this.#progress.note('finishing this step and saving; press Ctrl-C again to stop at once'),
    );
    this.#terminal.whenClosed = () => stop.signal.aborted || stop.stop();
    try {
      if (resume) requireSamePretrained(resume.checkpoint, workplace.pretrained, resume.file);
      // Only now, as a run that cannot begin should leave no folder.
      const folder = begun ?? (await this.#newFolder(job));
      if (!resume) await writeSpecText(folder, job);
      const result = await train({
        ...workplace,
        engine: open.engine!,
        stages: trainingStages(stages),
        openStage: (index) => open.change(index),
        folder,
        seed,
        steps,
        resume,
        checkpointEvery: this.#options.checkpointEvery ?? null,
        sampleEvery: this.#options.sampleEvery ?? null,
        observer: (event) => this.#observe(event),
        signal: stop.signal,
      });
      this.#progress.clear();
      await this.#conclude(folder, result, job);
    } finally {
      stop.release();
      await open.close();
    }
  }

  /** `begun` is a run that was ended before its first checkpoint. */
  async #fresh(begun: RunFolder | null = null): Promise<Prepared> {
    if (await isDirectory(this.#name)) {
      throw new UserError(
        `${this.#name} is a folder, not a spec`,
        'pass --resume to go on with the run in it',
        { exitCode: 2 },
      );
    }
    const spec = await readSpec(this.#name, this.#terminal);
    const { set, steps, dataRoot } = this.#options;
    const settings = { ...(set ? { set } : {}), ...(steps === undefined ? {} : { steps }) };
    const { checked, stages, name, text } = compileSpec(spec, settings, this.#terminal, dataRoot);
    requireTraining(stages, this.#name);
    return {
      checked,
      stages,
      name,
      spec: text,
      begun,
      resume: null,
      steps: steps ?? stepsOf(trainingStages(stages)),
    };
  }

  async #resumed(): Promise<Prepared> {
    const { out, keep, set, steps, seed, dataRoot } = this.#options;
    const isFolder = await isDirectory(this.#name);
    const at = isFolder ? this.#name : (out ?? (await newestRun(specName(this.#name))));
    if (at === null) {
      throw new UserError(
        `there is no run of ${this.#name} in runs/ to go on with`,
        'pass its folder with --out, or leave --resume out to start one',
        { exitCode: 2 },
      );
    }
    if (await isDirectory(at)) this.#unlock = await lockRun(at);
    const folder = new RunFolder(at, keep);
    const resume = await folder.checkpoints.latest((message) => this.#warn(message), true);
    if (!resume) {
      if (!isFolder && (await folder.isBegun())) return this.#fresh(folder);
      throw new UserError(`there is no checkpoint in ${at}`, 'leave --resume out to start a run', {
        exitCode: 2,
      });
    }
    const { checkpoint, file } = resume;
    if (seed !== undefined && seed !== checkpoint.seed) {
      throw new UserError(
        `${at} was started with seed ${checkpoint.seed}, so it cannot go on with ${seed}`,
        'leave --seed out, or start a new run with --out',
        { exitCode: 2 },
      );
    }
    const spec = isFolder ? keptSpec(at, checkpoint.spec) : await readSpec(this.#name, this.#terminal);
    const { checked, stages, name, text } = compileSpec(spec, set ? { set } : {}, this.#terminal, dataRoot);
    requireTraining(stages, this.#name);
    const { compiled } = stageReached(stages, checkpoint.step).job();
    await located(checked, () => requireSameSpec(checkpoint, text, compiled.set.state, file));
    return {
      checked,
      stages,
      name: isFolder ? nameOf(folder) : name,
      spec: { ...checkpoint.spec, folder: text.folder },
      begun: folder,
      resume,
      steps: steps ?? checkpoint.steps,
    };
  }

  async #newFolder(job: Job): Promise<RunFolder> {
    const { out, keep } = this.#options;
    const made = await createRun(out ?? null, job.name, keep);
    this.#unlock = await lockRun(made.folder);
    return made;
  }

  #observe(event: TrainingEvent): void {
    this.#progress.show(event);
    if (this.#options.json) this.#terminal.out.write(`${JSON.stringify(event)}\n`);
  }

  #warn(message: string): void {
    this.#progress.note(`${this.#terminal.err.colors.yellow('warning:')} ${message}`);
  }

  async #conclude({ folder }: RunFolder, result: 'done' | 'interrupted', job: Job): Promise<void> {
    const { out, err } = this.#terminal;
    if (!this.#options.json) out.write(`${folder}\n`);
    err.write(await listing(folder));
    if (result === 'interrupted') {
      err.write(`interrupted and saved; go on with: ${programName} train ${folder} --resume\n`);
      this.#terminal.exitCode = INTERRUPTED;
    } else {
      const [plan] = job.samples;
      const labels = plan && asksForLabels(job, plan) ? ' --label all' : '';
      const file = bestFile(plan?.outputs[0]?.shape ?? []);
      const many = file === '.npy' ? '--count 64' : '--grid 8x8';
      err.write(`next: ${programName} sample ${folder} ${many}${labels} --out samples${file}\n`);
    }
  }
}

interface Prepared {
  readonly checked: Checked;
  readonly stages: readonly SpecStage[];
  /** What the run is called. */
  readonly name: string;
  /** The spec as the run keeps it. */
  readonly spec: SpecText;
  /** The folder to go on in; null for a new one. */
  readonly begun: RunFolder | null;
  readonly resume: FoundCheckpoint | null;
  readonly steps: number;
}

function requireTraining(stages: readonly SpecStage[], name: string): void {
  if (trainingStages(stages).length > 0) return;
  throw new UserError(`${name} has no train block`, 'add `train on … { … }`: ganc init shows one');
}

/** The spec and what it imports, as they are trained. */
async function writeSpecText(run: RunFolder, { spec }: Job): Promise<void> {
  const file = path.join(run.folder, spec.file);
  await run.write(file, spec.text);
  for (const [name, text] of Object.entries(spec.imports)) {
    await run.write(path.join(path.dirname(file), name), text);
  }
}

async function isDirectory(name: string): Promise<boolean> {
  return (await stat(name).catch(() => null))?.isDirectory() === true;
}

/** What a run was called when it began: by then its spec is only `spec.gan`. */
function nameOf({ folder, events }: RunFolder): string {
  const start = readEvents(events).find((event) => event.event === 'start');
  return start?.spec ?? path.basename(path.resolve(folder));
}

/** What is in a run folder, a line each. */
async function listing(folder: string): Promise<string> {
  const meanings: readonly (readonly [name: string, meaning: string])[] = [
    ['spec.gan', 'the spec as it was trained'],
    ['spec.gan.json', 'the spec as it was trained'],
    ['spec', 'the spec as it was trained, with what it imports'],
    ['checkpoints', 'weights and all that is needed to go on (safetensors)'],
    ['events.jsonl', 'losses and whatever else happened, a line each'],
    ['samples', 'pictures of several steps'],
    ['history.png', 'how samples came to be, in one picture'],
    ['curves.svg', 'losses over the steps'],
  ];
  const present = new Set(await readdir(folder));
  const lines = meanings
    .filter(([name]) => present.has(name))
    .map(([name, meaning]) => `  ${path.join(folder, name).padEnd(folder.length + 14)}  ${meaning}\n`);
  return lines.join('');
}
