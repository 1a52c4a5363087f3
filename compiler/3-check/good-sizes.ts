import { Reporter } from '../diagnostics/reporter.ts';
import { evaluateBody } from './body.ts';
import { type Context, freshContext } from './context.ts';
import { Dim } from './dim.ts';
import { GraphBuilder } from './graph-builder.ts';
import { UNBOUNDED } from './interval.ts';
import { Enough } from './limits.ts';
import { Scope } from './scope.ts';
import { signatureOf } from './signature.ts';
import { addNode } from './tensors.ts';
import { World } from './world.ts';

export interface GoodSizes {
  readonly network: 'generator' | 'discriminator' | 'network';
  readonly halvings: number;
  readonly divisor: number;
  readonly sizes: readonly number[];
}

/** A size that can be halved more often than any sensible network does. */
const TRIAL = 1024;

/**
 * How often the network at hand halves its map, and sizes for which that comes out even. Found by trying: the
 * network is checked once more, quietly, with an input that can always be halved.
 */
export function goodSizes(ctx: Context): GoodSizes | null {
  // A path begins with the network that is being laid out, whatever modules lie between.
  const graph = ctx.world.networkNamed(ctx.path.prefix.split('/')[0]!);
  if (graph?.kind !== 'graph' || graph.role === 'module' || ctx.world.trial) return null;
  const { resolved, findModel } = ctx.world;
  const world = new World(resolved, new Reporter(() => undefined), { findModel, trial: true });
  const signature = signatureOf(world, graph);
  const scope = new Scope();
  const canvas = new GraphBuilder(false);
  const trial: Context = {
    ...freshContext(world, 'network', world.networkName(graph)),
    scope,
    graph: canvas,
    top: true,
  };
  let actual: number | null = null;
  for (const port of signature.ports) {
    if (port.type.kind !== 'tensor') return null;
    const { shape, label } = port.type;
    const isMap = shape.length >= 3;
    if (isMap) actual ??= shape[shape.length - 3]!.value;
    const wide = shape.map((size, axis) =>
      isMap && axis >= shape.length - 3 && axis < shape.length - 1 ? Dim.of(TRIAL) : size,
    );
    const parts = { shape: wide, range: UNBOUNDED, label, batched: true };
    scope.set(port.name, addNode(trial, { kind: 'port', port: port.name }, [], parts, port.span));
  }
  if (actual === null) return null;
  try {
    evaluateBody(graph.body, trial);
  } catch (error) {
    if (!(error instanceof Enough)) throw error;
    return null;
  }
  const heights = canvas.nodes.flatMap(({ type }) => (type.shape.length >= 3 ? [type.shape.at(-3)!] : []));
  const halvings = Math.log2(TRIAL / Math.min(...heights));
  if (!Number.isInteger(halvings) || halvings < 1) return null;
  const divisor = 2 ** halvings;
  const below = Math.max(divisor, Math.floor(actual / divisor) * divisor);
  return { network: graph.role, halvings, divisor, sizes: [below, below + divisor] };
}
