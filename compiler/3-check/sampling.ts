import type * as ast from '../1-parse/ast.ts';
import { argumentValue } from '../diagnostics/codes/argument-value.ts';
import { unknownName } from '../diagnostics/codes/unknown-name.ts';
import { renameFix } from '../diagnostics/fixes.ts';
import { nearest } from '../diagnostics/nearest.ts';
import { sampleOptions } from './block-options.ts';
import { type Context, freshContext, mistake } from './context.ts';
import { latentOf } from './latent.ts';
import type { Network, Sampling } from './model.ts';
import { networkOf } from './network.ts';
import { readOptions } from './options.ts';
import { bareName } from './source-text.ts';
import type { World } from './world.ts';

/** A `sample` block; null after a mistake in it. */
export function readSampling(world: World, sample: ast.Sample): Sampling | null {
  const { name, span } = sample.network;
  const ctx = freshContext(world, 'param', `sample ${name}`);
  const args = readOptions(ctx, ctx.owner, span, sample.options, sampleOptions, ['rows'])?.args;
  const network = declaredNetwork(sample.network, ctx);
  if (!network || !args) return null;
  const option = sample.options.find((o) => o.name.name === 'rows');
  const rows = option ? readRows(option, network, ctx) : null;
  if (option && rows === null) return null;
  const grid = args.has('grid') ? [args.raw('grid')].flat() : null;
  if (grid && grid.length !== 2) {
    mistake(ctx, argumentValue, {
      at: args.span('grid') ?? span,
      facts: {
        call: ctx.owner,
        name: 'grid',
        wanted: 'rows and columns, such as [4, 4]',
        given: grid.length === 1 ? String(grid[0]) : `[${grid.join(', ')}]`,
      },
    });
    return null;
  }
  return {
    network: name,
    every: args.has('every') ? args.int('every') : null,
    grid: grid ? (grid as [number, number]) : null,
    rows,
    span: sample.span,
  };
}

/** The network that a block is about; null after a mistake in it, or when there is none of that name. */
export function declaredNetwork({ name, span }: ast.Name, ctx: Context): Network | null {
  const { graphs, lost } = ctx.world.resolved.names;
  const graph = graphs.get(name);
  if (graph && graph.role !== 'module') return networkOf(ctx.world, graph);
  if (lost.has(name)) return null;
  const known = [...graphs.values()].filter((g) => g.role !== 'module').map((g) => g.name.name);
  const suggestion = nearest(name, known);
  mistake(ctx, unknownName, {
    at: span,
    facts: { name, kind: 'network', suggestion, known },
    fixes: suggestion ? [renameFix(span, suggestion)] : [],
  });
  return null;
}

/** `rows: y`: the input whose class changes from row to row, a label or a categorical latent. */
function readRows(option: ast.Option, network: Network, ctx: Context): string | null {
  const classed = network.ports.filter((port) => port.type.label !== null || isCode(port.name, ctx.world));
  const names = classed.map((port) => port.name);
  const name = bareName(option.value);
  if (name !== null && names.includes(name)) return name;
  mistake(ctx, argumentValue, {
    at: option.value.span,
    facts: {
      call: ctx.owner,
      name: 'rows',
      wanted:
        names.length > 0
          ? `an input of ${network.name} that is one of several classes: ${names.join(' or ')}`
          : `an input that is one of several classes, a label or a categorical latent, and ${network.name} has none`,
      given: name === null ? 'something else' : `\`${name}\``,
    },
  });
  return null;
}

/** Whether a name is that of a latent that is one class of several. */
function isCode(name: string, world: World): boolean {
  const item = world.resolved.names.latents.get(name);
  const latent = item ? latentOf(world, item) : null;
  return latent?.distribution.name === 'categorical' && latent.type.shape.length === 1;
}
