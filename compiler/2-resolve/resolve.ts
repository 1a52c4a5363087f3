import type * as ast from '../1-parse/ast.ts';
import { duplicateName } from '../diagnostics/codes/duplicate-name.ts';
import { importNotFound } from '../diagnostics/codes/import-not-found.ts';
import { notYet } from '../diagnostics/codes/not-yet.ts';
import { recursiveModule } from '../diagnostics/codes/recursive-module.ts';
import type { Reporter } from '../diagnostics/reporter.ts';
import type { ImportFinder } from '../source/import-finder.ts';
import type { Library } from './library.ts';
import { readOverrides } from './overrides.ts';
import { findCycles, type Use } from './recursion.ts';
import { dotted, eachReference, eachReferenceInBody } from './references.ts';
import type { Resolved } from './resolved.ts';

/** Finds every declaration by name, and what is wrong with the names themselves. */
export function resolve(
  file: ast.SpecFile,
  presets: readonly ast.Loss[],
  library: Library,
  settings: Readonly<Record<string, string>>,
  report: Reporter,
  findImport: ImportFinder,
): Resolved {
  const ambiguous = reportDuplicates(file, report);
  reportNotYet(file, report);
  reportImports(file, findImport, report);
  const of = <K extends ast.Item['kind']>(kind: K) =>
    file.items.filter((item): item is Extract<ast.Item, { kind: K }> => item.kind === kind);
  const params = new Map(of('param').map((item) => [item.name.name, item]));
  const graphs = new Map(of('graph').map((item) => [item.name.name, item]));
  // A loss that the spec declares stands before a preset of the same name.
  const losses = new Map([...presets, ...of('loss')].map((item) => [dotted(item.path), item]));
  return {
    file,
    library,
    losses,
    params,
    graphs,
    latents: new Map(of('latent').map((item) => [item.name.name, item])),
    datasets: new Map(of('data').map((item) => [item.name.name, item])),
    overrides: readOverrides(settings, params, file, report),
    train: of('train')[0] ?? null,
    samples: of('sample'),
    ambiguous,
    recursive: reportRecursion(graphs, losses, report),
  };
}

/** Names that the file declares twice. Inside a declaration, the later of two is meant. */
function reportDuplicates(file: ast.SpecFile, report: Reporter): ReadonlySet<string> {
  const ambiguous = new Set<string>();
  const first = new Map<string, ast.Name>();
  const check = (seen: Map<string, ast.Name>, key: string, name: ast.Name) => {
    const before = seen.get(key);
    if (!before) seen.set(key, name);
    if (before && seen === first) ambiguous.add(key);
    if (before)
      report.report(duplicateName, { at: name.span, facts: { name: key }, also: { first: before.span } });
  };
  const checkAll = (names: readonly ast.Name[]) => {
    const seen = new Map<string, ast.Name>();
    for (const name of names) check(seen, name.name, name);
  };
  for (const item of file.items) {
    switch (item.kind) {
      case 'param':
      case 'latent':
      case 'pretrained':
        check(first, item.name.name, item.name);
        break;
      case 'data':
        check(first, item.name.name, item.name);
        checkAll(item.fields.map((field) => field.name));
        break;
      case 'graph':
        check(first, item.name.name, item.name);
        checkAll([...item.ports, ...item.body.bindings].map((named) => named.name));
        if (item.body.result.kind === 'record') checkAll(item.body.result.fields.map((field) => field.name));
        if (item.output.kind === 'record-type') checkAll(item.output.fields.map((field) => field.name));
        break;
      case 'loss': {
        const [start] = item.path;
        const end = item.path[item.path.length - 1]!;
        const span = { ...start!.span, end: end.span.end };
        check(first, dotted(item.path), { name: dotted(item.path), span });
        checkAll(item.ports.map((port) => port.name));
        break;
      }
      case 'train':
        check(first, 'train', {
          name: 'train',
          span: { ...item.span, end: item.span.start + 'train'.length },
        });
        checkAll(item.entries.filter((entry) => entry.kind === 'binding').map((entry) => entry.name));
        break;
      case 'import':
        for (const name of item.names) check(first, name.name, name);
        break;
      case 'sample':
      case 'evaluate':
        break;
    }
  }
  return ambiguous;
}

/** What the language has and this version cannot do is said, never ignored. */
function reportNotYet(file: ast.SpecFile, report: Reporter): void {
  for (const item of file.items) {
    if (item.kind === 'pretrained' || item.kind === 'evaluate') {
      report.report(notYet, {
        at: item.span,
        facts: { what: item.kind, instead: null },
      });
    }
    if (item.kind !== 'train') continue;
    for (const entry of item.entries) {
      if (entry.kind === 'state' || entry.kind === 'stage') {
        report.report(notYet, { at: entry.span, facts: { what: entry.kind, instead: null } });
      }
    }
  }
}

/** An import is looked for; one that is there cannot be used yet. */
function reportImports(file: ast.SpecFile, find: ImportFinder, report: Reporter): void {
  for (const item of file.items) {
    if (item.kind !== 'import') continue;
    const from = item.from.value;
    const found = find(from);
    if (found === 'found') {
      const instead = 'copy what it declares into this file';
      report.report(notYet, { at: item.span, facts: { what: 'import', instead } });
    } else report.report(importNotFound, { at: item.from.span, facts: { from, problem: { kind: found } } });
  }
}

/** A module, network or loss that contains itself would never end. */
function reportRecursion(
  graphs: ReadonlyMap<string, ast.Graph>,
  losses: ReadonlyMap<string, ast.Loss>,
  report: Reporter,
): ReadonlySet<string> {
  const uses = new Map<string, { name: ast.Name; uses: Use[] }>();
  for (const [name, graph] of graphs) {
    const found: Use[] = [];
    // A port or a binding may be called like a module; then it is meant.
    const own = new Set([...graph.ports, ...graph.body.bindings].map((named) => named.name.name));
    eachReferenceInBody(graph.body, (ref) => {
      const used = ref.path[0]!.name;
      if (graphs.has(used) && !own.has(used)) found.push({ name: used, span: ref.path[0]!.span });
    });
    for (const port of graph.ports) {
      if (!port.default) continue;
      eachReference(port.default, (ref) => found.push({ name: ref.path[0]!.name, span: ref.path[0]!.span }));
    }
    uses.set(name, { name: graph.name, uses: found });
  }
  for (const [name, loss] of losses) {
    const found: Use[] = [];
    eachReference(loss.value, (ref) => {
      if (losses.has(dotted(ref.path))) found.push({ name: dotted(ref.path), span: ref.span });
    });
    uses.set(name, { name: loss.path[0]!, uses: found });
  }
  const recursive = new Set<string>();
  for (const { path, at } of findCycles(uses)) {
    report.report(recursiveModule, { at, facts: { cycle: path } });
    for (const name of path) recursive.add(name);
  }
  return recursive;
}
