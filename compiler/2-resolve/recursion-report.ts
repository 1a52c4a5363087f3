import type * as ast from '../1-parse/ast.ts';
import { recursiveModule } from '../diagnostics/codes/recursive-module.ts';
import type { Reporter } from '../diagnostics/reporter.ts';
import { findCycles, type Use } from './recursion.ts';
import { dotted, eachReference, eachReferenceInBody } from './references.ts';

/**
 * A module, network or loss that contains itself would never end. Looked for in each file by itself, since files do
 * not import each other in a circle.
 */
export function reportRecursion(file: ast.SpecFile, report: Reporter): (ast.Graph | ast.Loss)[] {
  const graphs = new Map(
    file.items.flatMap((item) => (item.kind === 'graph' ? [[item.name.name, item] as const] : [])),
  );
  const losses = new Map(
    file.items.flatMap((item) => (item.kind === 'loss' ? [[dotted(item.path), item] as const] : [])),
  );
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
  const recursive: (ast.Graph | ast.Loss)[] = [];
  for (const { path, at } of findCycles(uses)) {
    report.report(recursiveModule, { at, facts: { cycle: path } });
    recursive.push(...path.flatMap((name) => graphs.get(name) ?? losses.get(name) ?? []));
  }
  return recursive;
}
