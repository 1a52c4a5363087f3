import path from 'node:path';
import { type Checked, check } from '../../compiler/compile.ts';
import { SourceFile } from '../../compiler/source/source-file.ts';

/** Checks `spec.gan` of these texts, which import each other by their paths. */
export function checkFiles(
  texts: Readonly<Record<string, string>>,
  set: Readonly<Record<string, string>> = {},
): Checked {
  const sources = new Map(Object.entries(texts).map(([name, text]) => [name, new SourceFile(name, text)]));
  return check(sources.get('spec.gan')!, {
    set,
    readImport: (from, importer) =>
      sources.get(path.posix.join(path.posix.dirname(importer.name), from)) ?? {
        kind: 'missing',
        near: null,
      },
  });
}

/** What was found, as `file code: message`. */
export function found({ diagnostics }: Checked): string[] {
  return diagnostics.map(({ span, code, message }) => `${span.file} ${code}: ${message}`);
}
