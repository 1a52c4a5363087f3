import type * as ast from '../1-parse/ast.ts';
import { importCycle } from '../diagnostics/codes/import-cycle.ts';
import { importNotFound } from '../diagnostics/codes/import-not-found.ts';
import { tooLarge } from '../diagnostics/codes/too-large.ts';
import type { Reporter } from '../diagnostics/reporter.ts';
import type { ImportReader } from '../source/import-reader.ts';
import type { SourceFile } from '../source/source-file.ts';

// However much a package imports, reading it comes to an end.

/** Files that a spec may import, directly and through others. */
export const MAX_IMPORTED_FILES = 100;
/** Files that import each other in a row. */
export const MAX_IMPORT_DEPTH = 20;

/** A spec and everything that it imports, read. */
export interface Imported {
  /** The spec last; each file stands behind those that it imports. */
  readonly files: readonly ast.SpecFile[];
  /** The file that an import names; null where there is none, which has been reported. */
  target(item: ast.Import): ast.SpecFile | null;
}

/** Reads all imports of a spec. A file is read once, whoever imports it, and `parse` reports its mistakes. */
export function readImports(
  root: ast.SpecFile,
  read: ImportReader,
  parse: (source: SourceFile) => ast.SpecFile | null,
  report: Reporter,
): Imported {
  const files: ast.SpecFile[] = [];
  const known = new Map<string, ast.SpecFile | null>([[root.source.name, root]]);
  const targets = new Map<ast.Import, ast.SpecFile>();
  const path: { readonly file: ast.SpecFile; readonly imports: readonly ast.Import[]; next: number }[] = [];
  const enter = (file: ast.SpecFile) => {
    path.push({ file, imports: file.items.filter((item) => item.kind === 'import'), next: 0 });
  };
  const follow = (item: ast.Import, importer: SourceFile) => {
    const at = item.from.span;
    const found = read(item.from.value, importer);
    if ('kind' in found) {
      report.report(importNotFound, { at, facts: { from: item.from.value, problem: found } });
      return;
    }
    const from = path.findIndex(({ file }) => file.source.name === found.name);
    if (from >= 0) {
      const cycle = [...path.slice(from).map(({ file }) => file.source.name), found.name];
      report.report(importCycle, { at, facts: { cycle } });
      return;
    }
    let file = known.get(found.name);
    if (file === undefined) {
      if (known.size > MAX_IMPORTED_FILES || path.length >= MAX_IMPORT_DEPTH) {
        const [what, limit] =
          known.size > MAX_IMPORTED_FILES
            ? (['imports', MAX_IMPORTED_FILES] as const)
            : (['import depth', MAX_IMPORT_DEPTH] as const);
        report.report(tooLarge, { at, facts: { what, limit } });
        return;
      }
      file = parse(found);
      known.set(found.name, file);
      if (file) enter(file);
    }
    if (file) targets.set(item, file);
  };
  enter(root);
  while (path.length > 0) {
    const top = path[path.length - 1]!;
    const item = top.imports[top.next++];
    if (item) follow(item, top.file.source);
    else files.push(path.pop()!.file);
  }
  return { files, target: (item) => targets.get(item) ?? null };
}
