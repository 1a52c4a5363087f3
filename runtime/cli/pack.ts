import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import { expand } from '../../compiler/print/expand.ts';
import { format } from '../../compiler/print/format.ts';
import { BUNDLE_ENDING, type Bundle } from '../share/bundle.ts';
import { MOST_BUNDLE_BYTES, readBundle } from '../share/read-bundle.ts';
import { sampledVariables, type Weights } from '../share/weights.ts';
import { writeBundle } from '../share/write-bundle.ts';
import { ZipError } from '../share/zip.ts';
import { type Checkpoint, readCheckpoint, requireSameSpec } from '../train/checkpoint.ts';
import type { FoundCheckpoint } from '../train/checkpoint-folder.ts';
import type { Job } from '../train/job.ts';
import { makeFolders } from '../train/make-folders.ts';
import { RunFolder } from '../train/run-folder.ts';
import { writeWhole } from '../train/write-file.ts';
import { reasonOf, UserError } from '../user-error.ts';
import { version } from '../version.ts';
import { compileSpec, stageReached } from './compiled-spec.ts';
import { located } from './located.ts';
import { modelRoot, setting } from './option-values.ts';
import { cardOf } from './pack-card.ts';
import { keptSpec, readSpec } from './spec-file.ts';
import type { Terminal } from './terminal.ts';

interface PackOptions {
  readonly out?: string;
  readonly weights?: string | true;
  readonly license?: string;
  readonly set?: Readonly<Record<string, string>>;
  readonly dataRoot?: string;
}

/** `ganc pack SPEC|RUN`: one file with the spec, its imports, every default, a model card and, if wanted, weights. */
export function define(command: Command, terminal: Terminal): void {
  command
    .argument('<spec|run>', 'a spec, or the folder of a run')
    .option('-o, --out <file>', `where to write; default: the name of the spec with ${BUNDLE_ENDING}`)
    .option(
      '--weights [run|checkpoint]',
      'put in the weights of a run or checkpoint; default: those of the run that is packed',
    )
    .option('--license <text>', 'the licence that you give it, such as MIT or CC-BY-4.0', license)
    .option(...modelRoot)
    .option('--set <param=value>', 'another value for a param; may be repeated', setting)
    .action(async (name: string, options: PackOptions) => {
      const bundle = await gather(name, options, terminal);
      const file = options.out ?? `${bundle.name}${BUNDLE_ENDING}`;
      const bytes = packed(bundle);
      await write(file, bytes);
      terminal.out.write(`${file}\n`);
      terminal.err.write(
        `${bytes.length.toLocaleString('en-US')} bytes; ganc unpack ${file} shows what is in it\n`,
      );
    });
}

/** The bytes of a bundle, read back first: what is packed here can be opened elsewhere. */
function packed(bundle: Bundle): Uint8Array {
  const bytes = writeBundle(bundle);
  try {
    if (bytes.length > MOST_BUNDLE_BYTES)
      throw new ZipError(`is larger than ${MOST_BUNDLE_BYTES / 2 ** 30} GiB`);
    readBundle(bytes);
  } catch (cause) {
    if (!(cause instanceof ZipError)) throw cause;
    throw new UserError(`it cannot be packed: the bundle ${cause.message}`, 'give its files plain names', {
      cause,
    });
  }
  return bytes;
}

async function gather(
  name: string,
  options: PackOptions,
  terminal: Terminal,
): Promise<Bundle & { readonly name: string }> {
  const isRun = (await stat(name).catch(() => null))?.isDirectory() === true;
  const wanted = options.weights === true ? (isRun ? name : null) : (options.weights ?? null);
  if (options.weights === true && wanted === null) {
    throw new UserError(
      '--weights needs a run or a checkpoint, as a spec alone has no weights',
      'write --weights runs/NAME-1',
      {
        exitCode: 2,
      },
    );
  }
  const run = isRun ? await newest(name, terminal) : null;
  const trained = wanted === null ? null : wanted === name ? run! : await checkpointAt(wanted, terminal);
  const spec = run ? keptSpec(name, run.checkpoint.spec) : await readSpec(name, terminal);
  if (spec.bundle) {
    throw new UserError(`${name} is a bundle already`, 'copy it, or unpack it to change something', {
      exitCode: 2,
    });
  }
  const settings = options.set ? { set: options.set } : {};
  const { checked, stages } = compileSpec(spec, settings, terminal, options.dataRoot);
  const stage = trained ? stageReached(stages, trained.checkpoint.step) : stages.at(-1)!;
  const job = stage.job();
  await located(checked, () => {
    if (trained) requireSameSpec(trained.checkpoint, job.spec, job.compiled.set.state, trained.file);
  });
  const expanded = expand(checked.resolved!);
  const samples = await picturesOf(
    trained ? path.dirname(path.dirname(trained.file)) : isRun ? name : null,
    trained?.checkpoint.step,
  );
  const weights = trained && weightsOf(trained.checkpoint, job);
  const title = run ? path.basename(path.resolve(name)) : job.name;
  const license = options.license ?? null;
  return {
    name: title,
    ganc: version,
    spec: {
      file: job.spec.file.startsWith('spec/') ? job.spec.file : `spec/${job.spec.file}`,
      text: job.spec.text,
    },
    imports: job.spec.imports,
    lock: format(expanded, false),
    card: cardOf({ title, stage, job, expanded, license, weights, samples: [...samples.keys()] }),
    license,
    weights,
    samples,
  };
}

function weightsOf({ step, seed, engine, spec, state }: Checkpoint, { compiled }: Job): Weights {
  const kept = sampledVariables(compiled.set.state).map(({ path: at }) => [at, state.get(at)!] as const);
  return { step, seed, engine, spec: spec.hash, state: new Map(kept) };
}

async function checkpointAt(place: string, terminal: Terminal): Promise<FoundCheckpoint> {
  if ((await stat(place).catch(() => null))?.isDirectory()) return newest(place, terminal);
  try {
    return { file: place, checkpoint: await readCheckpoint(place) };
  } catch (error) {
    throw new UserError(
      `${place} cannot be used: ${reasonOf(error)}`,
      'give the folder of a run or a checkpoint',
      {
        cause: error,
        exitCode: 2,
      },
    );
  }
}

async function newest(run: string, { err }: Terminal): Promise<FoundCheckpoint> {
  const warn = (message: string) => err.write(`${err.colors.yellow('warning:')} ${message}\n`);
  const found = await new RunFolder(run).checkpoints.latest(warn, false);
  if (found) return found;
  throw new UserError(`there is no checkpoint in ${run}`, 'give a spec, or the folder of a run', {
    exitCode: 2,
  });
}

/** The last pictures that a run drew, none of them later than its weights. */
async function picturesOf(run: string | null, step = Infinity): Promise<Map<string, Uint8Array>> {
  const folder = run === null ? null : path.join(run, 'samples');
  const drawn = folder === null ? [] : await readdir(folder).catch(() => []);
  const latest = new Map<string, { readonly step: number; readonly name: string }>();
  for (const name of drawn.sort()) {
    const [, output, at] = /^(?:([\w.]+)-)?step-(\d{8,})\.png$/.exec(name) ?? [];
    if (at === undefined || Number(at) > step) continue;
    latest.set(output ?? '', { step: Number(at), name });
  }
  const pictures = new Map<string, Uint8Array>();
  for (const { name } of latest.values()) pictures.set(name, await readFile(path.join(folder!, name)));
  return pictures;
}

function license(text: string): string {
  const trimmed = text.trim();
  if (/^[\x20-\x7e]{1,100}$/.test(trimmed)) return trimmed;
  throw new InvalidArgumentError('Give its name on one line, such as MIT.');
}

async function write(file: string, bytes: Uint8Array): Promise<void> {
  try {
    await makeFolders(path.dirname(file));
    await writeWhole(file, [bytes]);
  } catch (cause) {
    throw new UserError(`${file} cannot be written: ${reasonOf(cause)}`, 'choose another place with --out', {
      cause,
    });
  }
}
