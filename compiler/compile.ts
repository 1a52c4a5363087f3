import type * as ast from './1-parse/ast.ts';
import { isJson, parse } from './1-parse/parse.ts';
import { library } from './2-resolve/library.ts';
import { resolve } from './2-resolve/resolve.ts';
import { check as checkMeaning } from './3-check/check.ts';
import { lint, lintDeclarations } from './3-check/lints/index.ts';
import type { Model } from './3-check/model.ts';
import type { Compiled } from './4-lower/compiled.ts';
import { lower } from './4-lower/lower.ts';
import type { Diagnostic } from './diagnostics/diagnostic.ts';
import { withFixesForJson } from './diagnostics/fixes-in-json.ts';
import { withoutIgnored } from './diagnostics/ignore.ts';
import { Reporter } from './diagnostics/reporter.ts';
import { librarySources, presets } from './losses/presets.ts';
import type { ImportFinder } from './source/import-finder.ts';
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
  /** Looks for imports; without it none can be found. */
  readonly findImport?: ImportFinder;
}

export interface Checked {
  /** The syntax tree; declarations that could not be read are missing from it. */
  readonly file: ast.SpecFile;
  /** Null when there is an error. */
  readonly model: Model | null;
  /** Everything found, in the order of the text. */
  readonly diagnostics: readonly Diagnostic[];
  /** Finds the text of a file that a diagnostic names. */
  readonly sources: (file: string) => SourceFile | undefined;
}

export interface CompileResult extends Checked {
  /** Null when there is an error. */
  readonly compiled: Compiled | null;
}

/** Reads and checks a spec: phases 1 to 3. Never throws for what is written in it. */
export function check(source: SourceFile, options: CheckOptions = {}): Checked {
  const files = new Map([source, ...librarySources()].map((file) => [file.name, file]));
  const sources = (name: string) => files.get(name);
  const reporter = new Reporter(sources);
  const file = parse(source, reporter);
  const model = file && judge(file, options, reporter);
  const found = isJson(source) ? withFixesForJson(source, reporter.diagnostics) : reporter.diagnostics;
  return {
    file: file ?? emptyFile(source),
    model,
    diagnostics: file ? withoutIgnored(file, found) : found,
    sources,
  };
}

/** Compiles a spec to tensor programs: phases 1 to 4. */
export function compile(source: SourceFile, options: CheckOptions = {}): CompileResult {
  const checked = check(source, options);
  return { ...checked, compiled: checked.model && lower(checked.model) };
}

function judge(file: ast.SpecFile, options: CheckOptions, reporter: Reporter): Model | null {
  const losses = presets().map(({ loss }) => loss);
  const resolved = resolve(
    file,
    losses,
    library,
    options.set ?? {},
    reporter,
    options.findImport ?? (() => 'missing'),
  );
  const model = checkMeaning(resolved, reporter);
  lintDeclarations(file, reporter);
  if (model) lint(file, model, reporter);
  return reporter.hasErrors ? null : model;
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
