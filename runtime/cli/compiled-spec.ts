import { createHash } from 'node:crypto';
import path from 'node:path';
import type { Item, Train } from '../../compiler/1-parse/ast.ts';
import type { Resolved } from '../../compiler/2-resolve/resolved.ts';
import type { Model, PretrainedModel, Stage } from '../../compiler/3-check/model.ts';
import type { Compiled } from '../../compiler/4-lower/compiled.ts';
import { scheduleOffTheEnd } from '../../compiler/diagnostics/codes/schedule-off-the-end.ts';
import { nearest } from '../../compiler/diagnostics/nearest.ts';
import { renderDiagnostics, summaryText } from '../../compiler/diagnostics/render.ts';
import { type Checked, check, compileStage } from '../../compiler/index.ts';
import { expand } from '../../compiler/print/expand.ts';
import { format } from '../../compiler/print/format.ts';
import type { SourceFile } from '../../compiler/source/source-file.ts';
import type { PretrainedFacts } from '../pretrained/frozen-weights.ts';
import type { Bundle } from '../share/bundle.ts';
import type { KeptTexts } from '../share/kept-files.ts';
import type { SpecImports } from '../share/spec-imports.ts';
import type { Job, SamplePlan, SpecText } from '../train/job.ts';
import { stageAt } from '../train/stage-at.ts';
import { UserError } from '../user-error.ts';
import { version } from '../version.ts';
import { modelFinder } from './find-model.ts';
import { thisMachine } from './machine-memory.ts';
import { isJson, resolveSpec, type Settings } from './resolved-spec.ts';
import type { Spec } from './spec-file.ts';
import { styleFor } from './style.ts';
import type { Terminal } from './terminal.ts';

export interface CompiledSpec {
  /** With the values of `--set` written into it. */
  readonly source: SourceFile;
  readonly checked: Checked;
  /** What runs of it are called. */
  readonly name: string;
  readonly text: SpecText;
  /** The stages of training in their order; one where there are none. */
  readonly stages: readonly SpecStage[];
}

/** A spec as it is in one stage of training. */
export interface SpecStage {
  /** Null for a spec that does not train. */
  readonly stage: Stage | null;
  readonly model: Model;
  readonly resolved: Resolved;
  /** Compiles it, each time that it is called: what is kept in memory is up to the caller. */
  job(): Job;
}

/**
 * Compiles a spec for a command that cannot do without. Errors are printed and end the command; warnings are only
 * counted, as `ganc check` is there for them. Data paths and pretrained models start from the spec's folder, or from
 * `dataRoot`.
 */
export function compileSpec(
  spec: Spec,
  settings: Settings,
  terminal: Terminal,
  dataRoot?: string,
): CompiledSpec {
  const { source, checked } = settleSpec(spec, settings, terminal, dataRoot);
  const { model, diagnostics } = checked;
  const { name } = spec.source;
  if (!model) throw new Error(`${name} has no errors, and no model either`);
  const { err } = terminal;
  // A training that is cut short on the command line is cut short on purpose.
  const isMeant = (code: string) => code === scheduleOffTheEnd.code && settings.steps !== undefined;
  const warnings = diagnostics.filter(({ code, severity }) => severity === 'warning' && !isMeant(code));
  const summary = summaryText(warnings);
  if (summary) err.write(`${err.colors.yellow(summary)}; \`ganc check ${name}\` shows more\n`);
  if (spec.bundle) warnOfDefaults(spec.bundle, checked, settings, terminal);
  const title = specName(source.name);
  const text = specText(source, spec.imports.kept(), spec.folder, checked.resolved!);
  const stages = checked.stages.map(({ resolved, model: here }, index) => ({
    stage: here.training?.stage ?? null,
    model: here,
    resolved,
    job: () => jobOf(title, here, compileStage(checked, index), text, spec.imports),
  }));
  return { source, checked, name: title, text, stages };
}

/** The stage of a name, or the last one. */
export function stageNamed<S extends { readonly model: Model }>(
  stages: readonly S[],
  name: string | undefined,
): S {
  const labelOf = ({ model }: S) => model.training?.stage.label ?? null;
  const found = name === undefined ? stages.at(-1) : stages.find((stage) => labelOf(stage) === name);
  if (found) return found;
  const labels = stages.map(labelOf).filter((label) => label !== null);
  const meant = nearest(name!, labels);
  const help =
    labels.length === 0
      ? 'it has no stages: leave --stage out'
      : meant
        ? `use --stage ${JSON.stringify(meant)}`
        : `use one of ${labels.map((label) => JSON.stringify(label)).join(', ')}`;
  throw new UserError(`the spec has no stage ${JSON.stringify(name)}`, help, { exitCode: 2 });
}

/** A bundle says what every default was when it was packed; another ganc may have others. */
function warnOfDefaults(bundle: Bundle, { resolved }: Checked, { set }: Settings, { err }: Terminal): void {
  if (set !== undefined || bundle.ganc === version || format(expand(resolved!), false) === bundle.lock)
    return;
  err.write(
    `${err.colors.yellow('warning:')} it was packed by ganc ${bundle.ganc}, some of whose defaults were others; ` +
      'ganc unpack lays out lock.gan, which has them written down\n',
  );
}

/** Checks a spec, and once more with the settings written into it; errors are printed and end the command. */
export function settleSpec(
  { source: written, imports, folder }: Spec,
  settings: Settings,
  terminal: Terminal,
  dataRoot?: string,
): { readonly source: SourceFile; readonly checked: Checked } {
  const options = {
    readImport: imports.read,
    findModel: modelFinder(imports, { folder, dataRoot }),
    machine: thisMachine(),
  };
  // Mistakes are shown where they were made: in the spec as written, before any setting is put into it.
  const before = check(written, options);
  stopAtErrors(before, terminal);
  const changed = resolveSpec(before.resolved!, settings);
  if (changed.length === 0) return { source: written, checked: before };
  const source = changed.find(({ name }) => name === written.name) ?? written;
  for (const one of changed) if (one !== source) imports.replace(one);
  const checked = check(source, options);
  stopAtErrors(checked, terminal);
  return { source, checked };
}

export function stopAtErrors({ diagnostics, sources }: Checked, { err }: Terminal): void {
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  if (errors.length === 0) return;
  err.write(`${renderDiagnostics(errors, { sources, style: styleFor(err) })}\n\n`);
  throw new UserError(`${summaryText(errors)}`, `mend the spec first; \`ganc check\` shows its mistakes`);
}

/** The stage that a training is in after `step` steps. */
export function stageReached(stages: readonly SpecStage[], step: number): SpecStage {
  return stages[stageAt(trainingStages(stages), step)]!;
}

/** When each stage is. */
export function trainingStages(stages: readonly SpecStage[]): readonly Stage[] {
  return stages.flatMap(({ stage }) => (stage ? [stage] : []));
}

function jobOf(name: string, model: Model, compiled: Compiled, spec: SpecText, imports: SpecImports): Job {
  return {
    name,
    compiled,
    datasets: model.datasets,
    pretrained: model.pretrained.map((one) => pretrainedFacts(one, imports)),
    samples: compiled.samples.map(({ network, program }) => samplePlan(model, network, program)),
    normalLatents: model.latents
      .filter(({ distribution }) => distribution.name === 'normal')
      .map(({ name }) => name),
    spec,
  };
}

function specText(source: SourceFile, imports: KeptTexts, folder: string, resolved: Resolved): SpecText {
  return {
    text: source.text,
    imports,
    file: keptName(source, imports),
    hash: meaningHash(resolved),
    folder: path.resolve(folder),
  };
}

/** However many shapes a model is laid out for, its weights are the same. */
function pretrainedFacts(model: PretrainedModel, imports: SpecImports): PretrainedFacts {
  const { name, from, networks, span } = model;
  const weights = new Map(networks.flatMap((network) => network.weights).map((one) => [one.path, one]));
  return { name, from, declaredIn: imports.whereabouts(span.file), weights: [...weights.values()] };
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

/** A spec that imports others keeps its name, so that theirs cannot be the same. */
function keptName(source: SourceFile, imports: KeptTexts): string {
  const usual = isJson(source) ? 'spec.gan.json' : 'spec.gan';
  if (Object.keys(imports).length === 0) return usual;
  const name = path.basename(source.name);
  return `spec/${/\.gan(\.json)?$/.test(name) ? name : usual}`;
}

/**
 * The hash of what a spec means: places, comments, documentation and the way a number was written do not count, and
 * neither does how long it is to train, or what is measured of it. Of other files counts what the spec uses, wherever they lie.
 */
function meaningHash({ file, imported }: Resolved): string {
  const { version } = file;
  const beside = new Set(['span', 'doc', 'docSpan', 'text']);
  const textOf = (meaning: unknown) =>
    JSON.stringify(meaning, (key, value: unknown) => (beside.has(key) ? undefined : value));
  const counts = ({ kind }: Item) => kind !== 'import' && kind !== 'evaluate';
  const items = file.items.filter(counts).map(withoutLength);
  const hash = createHash('sha256').update(textOf({ version, items }));
  for (const text of new Set(imported.map(textOf))) hash.update(text);
  return hash.digest('hex');
}

/** A training but for `steps: 50_000`, of which that of a stage before the last decides when the next one comes. */
function withoutLength(item: Item): unknown {
  if (item.kind !== 'train') return item;
  const last = item.entries.findLast((entry) => entry.kind === 'stage');
  const entries = item.entries.map((entry) => {
    if (entry !== last) return isSteps(entry) ? null : entry;
    return { ...last, options: last.options.map((option) => (isSteps(option) ? null : option)) };
  });
  return { ...item, entries };
}

function isSteps(entry: Train['entries'][number]): boolean {
  return entry.kind === 'option' && entry.name.name === 'steps';
}
