import type { Loss } from '../1-parse/ast.ts';
import { parseText } from '../1-parse/text.ts';
import { Reporter } from '../diagnostics/reporter.ts';
import { SourceFile } from '../source/source-file.ts';
import { libraryFiles } from './library.ts';

/** A loss of the library, and the text of the file that it stands in. */
export interface Preset {
  readonly loss: Loss;
  readonly text: string;
}

let files: readonly SourceFile[] | null = null;
let read: readonly Preset[] | null = null;

/** The files of the library, by the names that diagnostics give them. */
export function librarySources(): readonly SourceFile[] {
  files ??= libraryFiles.map(({ name, text }) => new SourceFile(`<library>/${name}`, text));
  return files;
}

/** Every loss that a spec can use without declaring it. */
export function presets(): readonly Preset[] {
  read ??= librarySources().flatMap(readPresets);
  return read;
}

function readPresets(source: SourceFile): Preset[] {
  const reporter = new Reporter(() => source);
  const items = parseText(source, reporter)?.items ?? [];
  if (reporter.hasErrors) throw new Error(`${source.name}: ${reporter.diagnostics[0]!.message}`);
  return items.flatMap((item) => (item.kind === 'loss' ? [{ loss: item, text: source.text }] : []));
}
