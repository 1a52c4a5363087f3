import { createHash } from 'node:crypto';
import path from 'node:path';
import type { SpecFile } from '../../compiler/1-parse/ast.ts';
import type { Model } from '../../compiler/3-check/model.ts';
import type { Compiled } from '../../compiler/4-lower/compiled.ts';
import { lower } from '../../compiler/4-lower/lower.ts';
import { renderDiagnostics, summaryText } from '../../compiler/diagnostics/render.ts';
import { type Checked, check } from '../../compiler/index.ts';
import type { SourceFile } from '../../compiler/source/source-file.ts';
import type { Job, SamplePlan } from '../train/job.ts';
import { UserError } from '../user-error.ts';
import { isJson, resolveSpec, type Settings } from './resolved-spec.ts';
import { styleFor } from './style.ts';
import type { Terminal } from './terminal.ts';

export interface CompiledSpec {
  /** With the values of `--set` written into it. */
  readonly source: SourceFile;
  readonly model: Model;
  readonly compiled: Compiled;
  readonly job: Job;
}

/**
 * Compiles a spec for a command that cannot do without. Errors are printed and end the command; warnings are only
 * counted, as `ganc check` is there for them. `folder` is where its data paths start from.
 */
export function compileSpec(
  written: SourceFile,
  settings: Settings,
  folder: string,
  terminal: Terminal,
): CompiledSpec {
  // Mistakes are shown where they were made: in the spec as written, before any setting is put into it.
  const before = check(written);
  stopAtErrors(before, written, terminal);
  const source = resolveSpec(before.file, settings);
  const result = source === written ? before : check(source);
  stopAtErrors(result, written, terminal);
  const { file, model, diagnostics } = result;
  if (!model) throw new Error(`${written.name} has no errors, and no model either`);
  const { err } = terminal;
  const warnings = diagnostics.filter(({ severity }) => severity === 'warning');
  const summary = summaryText(warnings, [written.name]);
  if (summary) err.write(`${err.colors.yellow(summary)}; \`ganc check ${written.name}\` shows more\n`);
  const compiled = lower(model);
  return { source, model, compiled, job: jobOf(source, folder, file, model, compiled) };
}

export function stopAtErrors(
  { diagnostics, sources }: Checked,
  { name }: SourceFile,
  { err }: Terminal,
): void {
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  if (errors.length === 0) return;
  err.write(`${renderDiagnostics(errors, { sources, style: styleFor(err) })}\n\n`);
  throw new UserError(
    `${summaryText(errors, [name])}`,
    `mend the spec first; \`ganc check\` shows its mistakes`,
  );
}

function jobOf(source: SourceFile, folder: string, file: SpecFile, model: Model, compiled: Compiled): Job {
  return {
    name: specName(source.name),
    compiled,
    datasets: model.datasets,
    samples: compiled.samples.map(({ network, program }) => samplePlan(model, network, program)),
    normalLatents: model.latents
      .filter(({ distribution }) => distribution.name === 'normal')
      .map(({ name }) => name),
    spec: {
      text: source.text,
      file: isJson(source) ? 'spec.gan.json' : 'spec.gan',
      hash: meaningHash(file),
      folder: path.resolve(folder),
    },
  };
}

function samplePlan(model: Model, network: string, program: string): SamplePlan {
  const wishes = model.samples.find((sample) => sample.network === network);
  const { outputs } = model.networks.find(({ name }) => name === network)!;
  return {
    network,
    program,
    every: wishes?.every ?? null,
    grid: wishes?.grid ?? null,
    rows: wishes?.rows ?? null,
    outputs: outputs.map(({ name, type: { shape, range } }) => ({
      name: name === null ? network : `${network}.${name}`,
      shape,
      range,
    })),
  };
}

/** `examples/dcgan-mnist/dcgan-mnist.gan` is dcgan-mnist. */
export function specName(file: string): string {
  return path.basename(file).replace(/(\.gan)?(\.json)?$/, '') || 'spec';
}

/**
 * The hash of what a spec means: places, comments, documentation and the way a number was written do not count, and
 * neither does how long it is to train.
 */
function meaningHash({ version, items }: SpecFile): string {
  const beside = new Set(['span', 'doc', 'docSpan', 'text']);
  const meaning = JSON.stringify({ version, items }, (key, value: unknown) => {
    if (beside.has(key)) return undefined;
    return isSteps(value) ? undefined : value;
  });
  return createHash('sha256').update(meaning).digest('hex');
}

/** `steps: 50_000` */
function isSteps(value: unknown): boolean {
  const { kind, name } = (value ?? {}) as { kind?: unknown; name?: { name?: unknown } };
  return kind === 'option' && name?.name === 'steps';
}
