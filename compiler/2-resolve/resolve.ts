import type * as ast from '../1-parse/ast.ts';
import type { Reporter } from '../diagnostics/reporter.ts';
import type { Library } from './library.ts';
import { libraryNames, type Names, namesOf, type Shared } from './names.ts';
import { readOverrides } from './overrides.ts';
import { reach } from './reach.ts';
import type { Imported } from './read-imports.ts';
import { reportRecursion } from './recursion-report.ts';
import type { Resolved } from './resolved.ts';

/** Finds every declaration by name, and what is wrong with the names themselves. */
export function resolve(
  file: ast.SpecFile,
  imports: Imported,
  presets: readonly ast.Loss[],
  library: Library,
  settings: Readonly<Record<string, string>>,
  report: Reporter,
): Resolved {
  const ofLibrary = libraryNames(presets);
  const known = new Map<string, Names>();
  const recursive = new Set<ast.Graph | ast.Loss>();
  for (const one of imports.files) {
    const target = (item: ast.Import) => {
      const found = imports.target(item);
      return found && known.get(found.source.name)!;
    };
    known.set(one.source.name, namesOf(one, ofLibrary, target, report));
    for (const item of reportRecursion(one, report)) recursive.add(item);
  }
  const names = known.get(file.source.name)!;
  const namesAt: Resolved['namesAt'] = (span) => known.get(span.file) ?? ofLibrary;
  const reached = reach(
    [...names.graphs, ...names.params, ...names.losses, ...names.pretrained].map(([, item]) => item),
    namesAt,
  );
  return {
    file,
    library,
    names,
    namesAt,
    overrides: readOverrides(settings, { file, names, namesAt, library }, report),
    train: file.items.find((item) => item.kind === 'train') ?? null,
    samples: file.items.filter((item) => item.kind === 'sample'),
    evaluations: file.items.filter((item) => item.kind === 'evaluate'),
    recursive,
    imported: imports.files
      .filter((one) => one !== file)
      .flatMap(({ items }) => items.filter((item): item is Shared => reached.has(item as Shared))),
  };
}
