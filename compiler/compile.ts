import type * as ast from './1-parse/ast.ts';
import { isJson, parse } from './1-parse/parse.ts';
import { library } from './2-resolve/library.ts';
import { readImports } from './2-resolve/read-imports.ts';
import { resolve } from './2-resolve/resolve.ts';
import type { Resolved } from './2-resolve/resolved.ts';
import { check as checkMeaning } from './3-check/check.ts';
import { lint, lintDeclarations } from './3-check/lints/index.ts';
import type { Model } from './3-check/model.ts';
import { readStages } from './3-check/stages.ts';
import type { Compiled } from './4-lower/compiled.ts';
import { lower } from './4-lower/lower.ts';
import type { Diagnostic } from './diagnostics/diagnostic.ts';
import { withFixesForJson } from './diagnostics/fixes-in-json.ts';
import { withoutIgnored } from './diagnostics/ignore.ts';
import { Reporter } from './diagnostics/reporter.ts';
import { findingsOfStages } from './diagnostics/stage-findings.ts';
import { librarySources, presets } from './losses/presets.ts';
import { type ImportReader, noImports } from './source/import-reader.ts';
import type { MachineMemory } from './source/machine-memory.ts';
import { type ModelFinder, noModels } from './source/model-finder.ts';
import type { SourceFile } from './source/source-file.ts';

/**
 *   text or JSON ──1 parse──▶ syntax tree ──2 resolve──▶ names ──3 check──▶ model ──4 lower──▶ programs
 *
 * Each phase reports what it finds and goes on with what is sound; a phase whose input has errors is not run.
 * 5, optimize, belongs to the engine that is going to run the programs: `compiler/5-optimize/`.
 */

export interface CheckOptions {
  /** Values for params, as text: `{ ch: '32' }`. */
  readonly set?: Readonly<Record<string, string>>;
  /** Reads imports; without it none can be found. */
  readonly readImport?: ImportReader;
  /** Reads pretrained models; without it none can be found. */
  readonly findModel?: ModelFinder;
  /** The machine that it is going to be trained on; without it memory is not looked at. */
  readonly machine?: MachineMemory;
}

export interface Checked {
  /** The syntax tree; declarations that could not be read are missing from it. */
  readonly file: ast.SpecFile;
  /** Null when there is an error. Where training has stages, the spec as it is in the last of them. */
  readonly model: Model | null;
  /** What the spec is in each stage of training; one where there are no stages, and none when there is an error. */
  readonly stages: readonly CheckedStage[];
  /** Everything found, in the order of the text. */
  readonly diagnostics: readonly Diagnostic[];
  /** The spec and what it imports, every name with its declaration; null when nothing could be read. */
  readonly resolved: Resolved | null;
  /** Files that were imported, each behind those that it imports itself. */
  readonly imports: readonly ast.SpecFile[];
  /** Finds the text of a file that a diagnostic names. */
  readonly sources: (file: string) => SourceFile | undefined;
}

export interface CheckedStage {
  /** With the values that the stage gives to params. */
  readonly resolved: Resolved;
  readonly model: Model;
}

export interface CompileResult extends Checked {
  /** Null when there is an error. */
  readonly compiled: Compiled | null;
}

/** Reads and checks a spec: phases 1 to 3. Never throws for what is written in it. */
export function check(source: SourceFile, options: CheckOptions = {}): Checked {
  const texts = new Map([source, ...librarySources()].map((file) => [file.name, file]));
  const sources = (name: string) => texts.get(name);
  const reporter = new Reporter(sources);
  const file = parse(source, reporter);
  if (!file)
    return {
      file: emptyFile(source),
      model: null,
      stages: [],
      diagnostics: reporter.diagnostics,
      resolved: null,
      imports: [],
      sources,
    };
  const imported = readImports(
    file,
    options.readImport ?? noImports,
    (found) => {
      texts.set(found.name, found);
      return parse(found, reporter);
    },
    reporter,
  );
  const presetLosses = presets().map(({ loss }) => loss);
  const resolved = resolve(file, imported, presetLosses, library, options.set ?? {}, reporter);
  const stages = judge(resolved, reporter, options);
  const model = stages.at(-1)?.model ?? null;
  const found = imported.files.reduce<readonly Diagnostic[]>((diagnostics, one) => {
    const fixable = isJson(one.source) ? withFixesForJson(one.source, diagnostics) : diagnostics;
    return withoutIgnored(one, fixable, one === file);
  }, reporter.diagnostics);
  const imports = imported.files.filter((one) => one !== file);
  return { file, model, stages, diagnostics: found, resolved, imports, sources };
}

/** Compiles a spec to tensor programs: phases 1 to 4. Where training has stages, to those of the last. */
export function compile(source: SourceFile, options: CheckOptions = {}): CompileResult {
  const checked = check(source, options);
  return { ...checked, compiled: checked.model && compileStage(checked, checked.stages.length - 1) };
}

/** The programs of one stage. Made when asked for: a training needs those of one stage at a time. */
export function compileStage({ stages }: Pick<Checked, 'stages'>, index: number): Compiled {
  const earlier = stages.slice(0, index).map(({ model }) => model);
  return lower(stages[index]!.model, earlier);
}

function judge(
  resolved: Resolved,
  reporter: Reporter,
  { findModel = noModels, machine }: CheckOptions,
): CheckedStage[] {
  const plans = readStages(resolved, reporter);
  const found = (plans.length > 0 ? plans : [null]).map((plan) => {
    const own = reporter.beside();
    const here = plan?.resolved ?? resolved;
    const model = checkMeaning(here, own, findModel, plan);
    if (model) lint(here, model, own, machine ?? null);
    return { resolved: here, model, label: plan?.stage.label ?? null, diagnostics: own.diagnostics };
  });
  for (const diagnostic of findingsOfStages(found)) reporter.add(diagnostic);
  lintDeclarations(resolved.file, reporter);
  return reporter.hasErrors ? [] : found.map((stage) => ({ resolved: stage.resolved, model: stage.model! }));
}

/** What stands for a file that is too long to be read. */
function emptyFile(source: SourceFile): ast.SpecFile {
  const span = { file: source.name, start: 0, end: source.text.length };
  return {
    kind: 'file',
    source,
    span,
    version: 1,
    versionSpan: null,
    doc: null,
    docSpan: null,
    items: [],
    broken: [],
    comments: [],
  };
}
