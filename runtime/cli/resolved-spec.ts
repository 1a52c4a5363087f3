import type { SpecFile } from '../../compiler/1-parse/ast.ts';
import { nearest } from '../../compiler/diagnostics/nearest.ts';
import { check, convert } from '../../compiler/index.ts';
import { SourceFile } from '../../compiler/source/source-file.ts';
import type { Span } from '../../compiler/source/span.ts';
import { UserError } from '../user-error.ts';

export interface Settings {
  /** Values of params, as written after `--set`. */
  readonly set?: Readonly<Record<string, string>>;
  readonly steps?: number;
}

/**
 * The spec as it will be compiled: text, with the values of `--set` and `--steps` in place of those written. It is
 * what a run folder keeps, so that nothing but the folder is needed to go on or to sample.
 */
export function resolveSpec(written: SourceFile, { set = {}, steps }: Settings): SourceFile {
  const source = isJson(written) ? asText(written) : written;
  if (Object.keys(set).length === 0 && steps === undefined) return source;
  const { file } = check(source);
  const edits = Object.entries(set).map(([name, text]) => ({ span: paramValue(file, name), text }));
  const written_steps = steps === undefined ? null : stepsValue(file);
  if (written_steps) edits.push({ span: written_steps, text: String(steps) });
  edits.sort((a, b) => b.span.start - a.span.start);
  let { text } = source;
  for (const { span, text: value } of edits) text = text.slice(0, span.start) + value + text.slice(span.end);
  return new SourceFile(source.name, text);
}

function isJson({ name, text }: SourceFile): boolean {
  return name.endsWith('.json') || text.trimStart().startsWith('{');
}

/** A spec in JSON that has mistakes stays JSON: they are shown where they were made. */
function asText(json: SourceFile): SourceFile {
  const text = convert(json);
  return text === null ? json : new SourceFile(json.name, text);
}

function paramValue({ items }: SpecFile, name: string): Span {
  const params = items.filter((item) => item.kind === 'param');
  const param = params.find((item) => item.name.name === name);
  if (param) return param.value.span;
  const names = params.map((item) => item.name.name);
  const meant = nearest(name, names);
  throw new UserError(
    `the spec has no param ${name}`,
    names.length === 0
      ? 'it has no params at all: leave --set out'
      : meant
        ? `use --set ${meant}=…`
        : `use one of ${names.join(', ')}`,
    { exitCode: 2 },
  );
}

function stepsValue({ items }: SpecFile): Span | null {
  for (const item of items) {
    if (item.kind !== 'train') continue;
    for (const entry of item.entries) {
      if (entry.kind === 'option' && entry.name.name === 'steps') return entry.value.span;
    }
  }
  return null;
}
