import type * as ast from '../1-parse/ast.ts';
import { unknownLayer } from '../diagnostics/codes/unknown-layer.ts';
import { unknownName } from '../diagnostics/codes/unknown-name.ts';
import { renameFix } from '../diagnostics/fixes.ts';
import { suggestName, termFor } from '../diagnostics/framework-spellings.ts';
import { nearest } from '../diagnostics/nearest.ts';
import { cover, type Span } from '../source/span.ts';
import { type Context, hasBatches, mistake } from './context.ts';
import { datasetOf } from './dataset.ts';
import { latentOf } from './latent.ts';
import { networkOf } from './network.ts';
import { paramOf } from './param.ts';
import { pretrainedOf } from './pretrained.ts';
import { latentTensor } from './training-tensors.ts';
import { type Callee, UNKNOWN, type Value } from './values.ts';

/** A step of a flow, something called, or a bare name. */
export type Written = 'step' | 'call' | 'name';

/** What a name stands for, and the names after it that are fields of that. */
interface Found {
  readonly value: Value;
  readonly rest: readonly ast.Name[];
}

/**
 * Finds a name: first what is bound where it stands, then what the spec declares, then the library. `written`
 * says how it stands there, for the words of the report when it is nowhere.
 */
export function lookup(ref: ast.Ref, written: Written, ctx: Context): Found {
  const [first, ...rest] = ref.path;
  const { name } = first!;
  const source = ctx.wanted === 'source' ? findSource(ref, ctx) : null;
  if (source) return source;
  const bound = ctx.scope.get(name);
  if (bound) return { value: bound, rest };
  const loss = findLoss(ref, ctx);
  if (loss) return loss;
  const declared = findDeclared(first!, ctx);
  if (declared) return { value: declared, rest };
  if (rest.length === 0) {
    const callee = findInLibrary(name, ctx);
    if (callee) return { value: callable(callee, ref.span), rest };
  }
  if (ctx.world.resolved.namesAt(ref.span).lost.has(name)) return { value: UNKNOWN, rest: [] };
  return { value: reportUnknown(ref, written, ctx), rest: [] };
}

function callable(callee: Callee, span: Span): Value {
  return { kind: 'callable', callee, args: [], span };
}

/** A source may have a name of two parts, `gaussians.ring`, and lend it to the dataset: `data mnist from mnist()`. */
function findSource(ref: ast.Ref, ctx: Context): Found | null {
  const source = ctx.world.resolved.library.sources.get(ref.path.map((part) => part.name).join('.'));
  return source ? { value: callable({ kind: 'source', definition: source }, ref.span), rest: [] } : null;
}

/** A loss may have a name of several parts, `hinge.critic`. */
function findLoss(ref: ast.Ref, ctx: Context): Found | null {
  const { recursive } = ctx.world.resolved;
  const { losses } = ctx.world.resolved.namesAt(ref.span);
  for (let length = ref.path.length; length > 0; length--) {
    const name = ref.path
      .slice(0, length)
      .map((part) => part.name)
      .join('.');
    const loss = losses.get(name);
    if (!loss) continue;
    const value = recursive.has(loss) ? UNKNOWN : callable({ kind: 'loss', loss, name }, ref.span);
    return { value, rest: ref.path.slice(length) };
  }
  return null;
}

function findDeclared({ name, span }: ast.Name, ctx: Context): Value | null {
  const { world } = ctx;
  const names = world.resolved.namesAt(span);
  if (names.ambiguous.has(name)) return UNKNOWN;
  const param = names.params.get(name);
  if (param) return paramOf(world, param);
  // Data and latents of other files are not part of this training; only their types are of use.
  const data = names === world.resolved.names ? names.datasets.get(name) : undefined;
  if (data) {
    const dataset = datasetOf(world, data);
    return dataset ? { kind: 'dataset', dataset } : UNKNOWN;
  }
  const item = names === world.resolved.names ? names.latents.get(name) : undefined;
  if (item && hasBatches(ctx)) {
    const latent = latentOf(world, item);
    return latent ? latentTensor(latent, span, ctx) : UNKNOWN;
  }
  const model = names.pretrained.get(name);
  if (model) {
    const pretrained = pretrainedOf(world, model);
    return pretrained ? callable({ kind: 'pretrained', pretrained }, span) : UNKNOWN;
  }
  const graph = names.graphs.get(name);
  if (!graph) return null;
  if (world.resolved.recursive.has(graph)) return UNKNOWN;
  if (graph.role === 'module') return callable({ kind: 'module', graph }, span);
  const network = networkOf(world, graph);
  return network ? callable({ kind: 'network', network, graph }, span) : UNKNOWN;
}

/** Where the library keeps what. A name of several things is the first of them, unless another is wanted. */
const SHELVES = {
  layer: 'layers',
  penalty: 'penalties',
  schedule: 'schedules',
  distribution: 'distributions',
  constraint: 'constraints',
  optimizer: 'optimizers',
  source: 'sources',
  measure: 'measures',
} as const;

function findInLibrary(name: string, ctx: Context): Callee | null {
  const { library } = ctx.world.resolved;
  const kinds = Object.keys(SHELVES) as (keyof typeof SHELVES)[];
  for (const kind of ctx.wanted ? [ctx.wanted, ...kinds] : kinds) {
    const definition = library[SHELVES[kind]].get(name);
    if (definition) return { kind, definition } as Callee;
  }
  return null;
}

function reportUnknown(ref: ast.Ref, how: Written, ctx: Context): Value {
  const { library } = ctx.world.resolved;
  const names = ctx.world.resolved.namesAt(ref.span);
  const written = ref.path.map((part) => part.name).join('.');
  const at = cover(ref.path[0]!.span, ref.path[ref.path.length - 1]!.span);
  const callables = [
    ...library.layers.keys(),
    ...library.penalties.keys(),
    ...names.losses.keys(),
    ...names.graphs.keys(),
    ...names.pretrained.keys(),
  ];
  const bound = [...ctx.scope.entries()].map(([name]) => name).filter((name) => name !== '_');
  if (ctx.wanted || how !== 'name') {
    const known = ctx.wanted ? [...library[SHELVES[ctx.wanted]].keys()] : [...callables, ...bound];
    const loss = ctx.wanted ? null : lossMeant(termFor(written), ref, ctx);
    const { name: suggestion, spelling } = loss
      ? { name: loss, spelling: null }
      : suggestName(written, known);
    const isLoss = ref.path.length > 1 || loss !== null || (how === 'call' && ctx.place === 'train');
    return mistake(ctx, unknownLayer, {
      at,
      facts: { name: written, kind: ctx.wanted ?? (isLoss ? 'loss' : 'layer'), suggestion, spelling },
      fixes: suggestion ? [renameFix(at, suggestion)] : [],
    });
  }
  const known = [...bound, ...names.params.keys()];
  if (hasBatches(ctx)) known.push(...names.datasets.keys(), ...names.latents.keys());
  const kind = ctx.place === 'param' ? 'param' : ctx.place === 'signature' ? 'size' : 'tensor';
  const near = nearest(written, known) ?? suggestName(written, callables).name;
  // `h` beside `H` may be that size as well as another one.
  const first = ref.path[0]!;
  const isSame = near === first.name || (kind === 'size' && near?.toLowerCase() === written.toLowerCase());
  const suggestion = isSame ? null : near;
  const isLatent = !hasBatches(ctx) && ctx.place !== 'param' && names.latents.has(first.name);
  const instead = isLatent ? `make it an input of ${ctx.owner}: ${ctx.owner}(…, ${first.name})` : null;
  return mistake(ctx, unknownName, {
    at: ref.path.length > 1 ? first.span : at,
    facts: { name: first.name, kind, suggestion: isLatent ? null : suggestion, known, instead },
    fixes: suggestion && !isLatent ? [renameFix(ref.path.length > 1 ? first.span : at, suggestion)] : [],
  });
}

/** `hinge` and `hinge.gen` are the beginnings of losses: the one that takes as many values is meant. */
function lossMeant(written: string, ref: ast.Ref, ctx: Context): string | null {
  const count = ref.args?.length ?? 0;
  const longer = [...ctx.world.resolved.namesAt(ref.span).losses].filter(
    ([name]) => name.startsWith(written) && name.includes('.'),
  );
  const fitting = longer.find(([, loss]) => loss.ports.length === count) ?? longer[0];
  return fitting ? fitting[0] : null;
}
