import type { Reporter } from '../diagnostics/reporter.ts';
import type { SourceFile } from '../source/source-file.ts';
import type { SpecFile } from './ast.ts';
import { parseJson } from './json.ts';
import { parseText } from './text.ts';

/** Reads a spec in either form. Null where nothing of it could be read; the reporter knows why. */
export function parse(source: SourceFile, reporter: Reporter): SpecFile | null {
  return isJson(source) ? parseJson(source, reporter) : parseText(source, reporter);
}

/** Whether a file is in the JSON form: by its name, or because it begins as JSON does. */
export function isJson(source: SourceFile): boolean {
  return source.name.endsWith('.json') || /^\s*\{/.test(source.text);
}
