import type { DiagnosticDefinition, Fix, ReportDetails } from '../diagnostics/diagnostic.ts';
import type { Span } from '../source/span.ts';
import type { GraphBuilder } from './graph-builder.ts';
import type { GraphNode } from './model.ts';
import { PathScope } from './path-scope.ts';
import { Scope } from './scope.ts';
import { UNKNOWN, type Value } from './values.ts';
import type { World } from './world.ts';

/** Where an expression stands: what it can see, and which graph it adds to. */
export interface Context {
  readonly world: World;
  readonly scope: Scope;
  /** `params` stand outside of everything; a `module` is checked for all sizes at once. */
  readonly place: 'param' | 'signature' | 'module' | 'network' | 'train' | 'evaluate';
  /** Null where nothing is built: in params and signatures, and in a module that is checked for all sizes. */
  readonly graph: GraphBuilder | null;
  readonly path: PathScope;
  /** The uses of modules and losses that led here, innermost first. */
  readonly trace: GraphNode['trace'];
  /** Who is speaking, for messages: `G`, `Down`, `train`. */
  readonly owner: string;
  /** Whether steps are at the top level of the owner, where the way of a size is remembered. */
  readonly top: boolean;
  /** What is looked for, where only one kind of thing will do: `optimizer:` takes an optimizer. */
  readonly wanted: 'optimizer' | 'distribution' | 'source' | 'constraint' | 'measure' | 'schedule' | null;
}

/** What a context is at the outset: nothing in sight, nothing built. */
export function freshContext(world: World, place: Context['place'], owner: string): Context {
  return {
    world,
    scope: new Scope(),
    place,
    graph: null,
    path: new PathScope(owner),
    trace: [],
    owner,
    top: false,
    wanted: null,
  };
}

/** Whether there are batches of data and latents to compute with, and no weights to declare. */
export function hasBatches({ place }: Context): boolean {
  return place === 'train' || place === 'evaluate';
}

/** The last row of "names and writing" in the table of mistakes. */
const LAST_OF_NAMES = 11;

export type Details<F, L extends string> = {
  at: Span;
  facts: F;
  also?: { readonly [role in L]?: Span };
  extra?: ReportDetails<F, L>['extra'];
  fixes?: readonly Fix[];
};

/** Reports a mistake with the uses that led to it, and gives the value that silences what depends on it. */
export function mistake<F, L extends string>(
  ctx: Context,
  definition: DiagnosticDefinition<F, L>,
  details: Details<F, L>,
): Value {
  const isUsers = (span: Span) => ctx.world.resolved.namesAt(span).file !== null;
  let { at } = details;
  // A wrong name is wrong whoever uses the module; where it is used tells nothing.
  const isName = definition.number !== null && definition.number <= LAST_OF_NAMES;
  let trace = isName && ctx.place === 'module' ? [] : ctx.trace;
  // A mistake inside a preset of the library is shown where the preset is used.
  if (!isUsers(at)) {
    const index = trace.findIndex((use) => isUsers(use.span));
    if (index >= 0) {
      at = trace[index]!.span;
      trace = trace.slice(index + 1);
    }
  }
  const also = Object.fromEntries(
    Object.entries<Span | undefined>(details.also ?? {}).filter(([, span]) => span && isUsers(span)),
  ) as { readonly [role in L]?: Span };
  ctx.world.report(definition, { ...details, at, also, trace } as ReportDetails<F, L>);
  return UNKNOWN;
}
