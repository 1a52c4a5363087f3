import type { SpecFile } from '../../compiler/1-parse/ast.ts';
import type { Resolved } from '../../compiler/2-resolve/resolved.ts';
import { readSetting } from '../../compiler/2-resolve/setting.ts';
import { nearest } from '../../compiler/diagnostics/nearest.ts';
import { SourceFile } from '../../compiler/source/source-file.ts';
import type { Span } from '../../compiler/source/span.ts';
import { UserError } from '../user-error.ts';

export interface Settings {
  /** Values of params, as written after `--set`. */
  readonly set?: Readonly<Record<string, string>>;
  readonly steps?: number;
}

/**
 * The spec as it will be compiled: the values of `--set` and `--steps` in place of those written. It is what a run
 * folder keeps, so that nothing but the folder is needed to go on or to sample. Gives the files that change: the spec,
 * and those that it imports a param from.
 */
export function resolveSpec(resolved: Resolved, { set = {}, steps }: Settings): SourceFile[] {
  const edits = Object.entries(set).map(([name, given]) => settingEdit(resolved, name, given));
  const places = steps === undefined ? [] : stepsValues(resolved.file);
  edits.push(...places.map((span) => ({ span, text: String(steps) })));
  edits.sort((a, b) => b.span.start - a.span.start);
  const changed = new Map<string, SourceFile>();
  for (const { span, text: value } of edits) {
    const source = changed.get(span.file) ?? resolved.namesAt(span).file!.source;
    const written = isJson(source) ? inJson(source.text, span, value) : value;
    const text = source.text.slice(0, span.start) + written + source.text.slice(span.end);
    changed.set(span.file, new SourceFile(source.name, text));
  }
  return [...changed.values()];
}

/** Whether a spec is in the JSON form. */
export function isJson({ name, text }: SourceFile): boolean {
  return name.endsWith('.json') || text.trimStart().startsWith('{');
}

/** An expression in JSON is a number, or a string; the place may be that of the string or of what is in it. */
function inJson(text: string, { start }: Span, value: string): string {
  if (text[start - 1] === '"') return JSON.stringify(value).slice(1, -1);
  return /^-?\d+(\.\d+)?(e[+-]?\d+)?$|^(true|false|null)$/i.test(value) ? value : JSON.stringify(value);
}

/** The value of a param as the spec writes it, in its place. */
function settingEdit(resolved: Resolved, name: string, given: string): { span: Span; text: string } {
  const param = resolved.names.params.get(name);
  if (!param) throw noSuchParam(name, [...resolved.names.params.keys()]);
  const { span } = param.value;
  const setting = readSetting(param, given, resolved.namesAt(span), resolved.library);
  if ('text' in setting) return { span, text: setting.text };
  const { wanted, given: found } = setting;
  throw new UserError(`--set ${name}: it takes ${wanted}, but is given ${found}`, `write ${wanted}`, {
    exitCode: 2,
  });
}

function noSuchParam(name: string, names: readonly string[]): UserError {
  const meant = nearest(name, names);
  const help =
    names.length === 0
      ? 'it has no params at all: leave --set out'
      : meant
        ? `use --set ${meant}=…`
        : `use one of ${names.join(', ')}`;
  return new UserError(`the spec has no param ${name}`, help, { exitCode: 2 });
}

function stepsValues({ items }: SpecFile): Span[] {
  return items
    .flatMap((item) => (item.kind === 'train' ? item.entries : []))
    .flatMap((entry) => (entry.kind === 'option' && entry.name.name === 'steps' ? [entry.value.span] : []));
}
