import type * as ast from '../1-parse/ast.ts';
import { importNotFound } from '../diagnostics/codes/import-not-found.ts';
import { renameFix } from '../diagnostics/fixes.ts';
import { nearest } from '../diagnostics/nearest.ts';
import type { Reporter } from '../diagnostics/reporter.ts';
import { reportDuplicates } from './duplicates.ts';
import { dotted } from './references.ts';

/** What names mean in one file: what it declares, and what it imports. */
export interface Names {
  /** Null for the library, which is not a file of the user. */
  readonly file: ast.SpecFile | null;
  /** Names of the library's loss presets, and of those that the file declares or imports: `bce`, `hinge.critic`. */
  readonly losses: ReadonlyMap<string, ast.Loss>;
  readonly params: ReadonlyMap<string, ast.Param>;
  readonly latents: ReadonlyMap<string, ast.Latent>;
  readonly datasets: ReadonlyMap<string, ast.Data>;
  readonly pretrained: ReadonlyMap<string, ast.Pretrained>;
  /** Modules and networks. */
  readonly graphs: ReadonlyMap<string, ast.Graph>;
  /** Names that were declared twice; using one is silent, since it was reported. */
  readonly ambiguous: ReadonlySet<string>;
  /** Names of what could not be read or found; using one is silent, since that was reported. */
  readonly lost: ReadonlySet<string>;
}

/** What one file can import from another: never data, and nothing of its training. */
export type Shared = ast.Param | ast.Graph | ast.Loss | ast.Pretrained;

/** The names of the library: a preset knows nothing of the spec that uses it. */
export function libraryNames(presets: readonly ast.Loss[]): Names {
  return {
    file: null,
    losses: new Map(presets.map((loss) => [dotted(loss.path), loss])),
    params: new Map(),
    latents: new Map(),
    datasets: new Map(),
    pretrained: new Map(),
    graphs: new Map(),
    ambiguous: new Set(),
    lost: new Set(),
  };
}

/** Gathers the names of a file. `target` gives the names of the file that an import names, null after a report. */
export function namesOf(
  file: ast.SpecFile,
  library: Names,
  target: (item: ast.Import) => Names | null,
  report: Reporter,
): Names {
  const of = <K extends ast.Item['kind']>(kind: K) =>
    file.items.filter((item): item is Extract<ast.Item, { kind: K }> => item.kind === kind);
  const byName = <T extends { readonly name: ast.Name }>(items: readonly T[]) =>
    items.map((item): [string, T] => [item.name.name, item]);
  const lost = new Set(file.broken.map(({ name }) => name));
  const imported = new Map<ast.Name, ReadonlyMap<string, Shared>>();
  for (const item of of('import')) {
    const from = target(item);
    for (const name of item.names) {
      const found = from ? sharedBy(from, library, name.name) : new Map<string, Shared>();
      if (found.size === 0) lost.add(name.name);
      if (found.size === 0 && from && !from.lost.has(name.name))
        reportMissing(item, name, from, library, report);
      imported.set(name, found);
    }
  }
  const all = [...imported.values()].flatMap((found) => [...found]);
  const importedOf = <K extends Shared['kind']>(kind: K) =>
    all.filter((entry): entry is [string, Extract<Shared, { kind: K }>] => entry[1].kind === kind);
  const own = of('loss').map((item): [string, ast.Loss] => [dotted(item.path), item]);
  return {
    file,
    // A loss that the file declares stands before a preset of the same name.
    losses: new Map([...library.losses, ...importedOf('loss'), ...own]),
    params: new Map([...importedOf('param'), ...byName(of('param'))]),
    graphs: new Map([...importedOf('graph'), ...byName(of('graph'))]),
    latents: new Map(byName(of('latent'))),
    datasets: new Map(byName(of('data'))),
    pretrained: new Map([...importedOf('pretrained'), ...byName(of('pretrained'))]),
    ambiguous: reportDuplicates(file, (name) => [...(imported.get(name)?.keys() ?? [name.name])], report),
    lost,
  };
}

/** What a name brings in; `import focal` brings the losses `focal.critic` and `focal.generator`. */
function sharedBy(from: Names, library: Names, name: string): ReadonlyMap<string, Shared> {
  const found = new Map<string, Shared>();
  const single = from.graphs.get(name) ?? from.params.get(name) ?? from.pretrained.get(name);
  if (single) found.set(name, single);
  for (const [key, loss] of from.losses) {
    if (library.losses.get(key) === loss) continue;
    if (key === name || key.startsWith(`${name}.`)) found.set(key, loss);
  }
  return found;
}

function reportMissing(
  item: ast.Import,
  { name, span }: ast.Name,
  from: Names,
  library: Names,
  report: Reporter,
): void {
  const losses = [...from.losses].filter(([key, loss]) => library.losses.get(key) !== loss);
  const known = [
    ...from.graphs.keys(),
    ...new Set(losses.map(([key]) => key.split('.')[0]!)),
    ...from.params.keys(),
    ...from.pretrained.keys(),
  ];
  const own = from.latents.has(name) ? 'latent' : from.datasets.has(name) ? 'data' : null;
  const suggestion = own ? null : nearest(name, known);
  report.report(importNotFound, {
    at: span,
    facts: {
      from: item.from.value,
      problem: own
        ? { kind: 'not shared', name, what: own }
        : { kind: 'no such name', name, suggestion, known },
    },
    fixes: suggestion ? [renameFix(span, suggestion)] : [],
  });
}
