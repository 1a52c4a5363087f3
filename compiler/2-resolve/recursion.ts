import type * as ast from '../1-parse/ast.ts';
import type { Span } from '../source/span.ts';

/** What a declaration uses, and where. */
export type Uses = ReadonlyMap<string, { readonly name: ast.Name; readonly uses: readonly Use[] }>;

export interface Use {
  readonly name: string;
  readonly span: Span;
}

export interface Cycle {
  /** The way round, beginning and ending with the same name. */
  readonly path: readonly string[];
  /** The use that closes it. */
  readonly at: Span;
}

/** Declarations that contain themselves, directly or by way of others; each cycle once. */
export function findCycles(uses: Uses): Cycle[] {
  const cycles: Cycle[] = [];
  const done = new Set<string>();
  for (const start of uses.keys()) {
    // Depth first, without recursion of our own: a spec may be deeper than a stack.
    const path: { name: string; next: number }[] = [];
    const enter = (name: string) => path.push({ name, next: 0 });
    if (!done.has(start)) enter(start);
    while (path.length > 0) {
      const top = path[path.length - 1]!;
      const use = uses.get(top.name)?.uses[top.next++];
      if (!use) {
        done.add(top.name);
        path.pop();
        continue;
      }
      const from = path.findIndex((p) => p.name === use.name);
      if (from >= 0) cycles.push({ path: [...path.slice(from).map((p) => p.name), use.name], at: use.span });
      else if (!done.has(use.name) && uses.has(use.name)) enter(use.name);
    }
  }
  return cycles;
}
