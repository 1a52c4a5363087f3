import type * as ast from '../1-parse/ast.ts';
import { argumentValue } from '../diagnostics/codes/argument-value.ts';
import { unknownArgument } from '../diagnostics/codes/unknown-argument.ts';
import { freshContext, mistake } from './context.ts';
import { evaluate } from './expression.ts';
import { refuseLargeShape } from './limits.ts';
import type { Latent } from './model.ts';
import { inWords } from './values.ts';
import type { World } from './world.ts';

/** A latent that the spec declares; null after a mistake was reported in it. */
export function latentOf(world: World, item: ast.Latent): Latent | null {
  const known = world.latents.get(item);
  if (known !== undefined) return known;
  world.latents.set(item, null);
  const latent = readLatent(world, item);
  world.latents.set(item, latent);
  return latent;
}

function readLatent(world: World, item: ast.Latent): Latent | null {
  const { name } = item.name;
  const ctx = { ...freshContext(world, 'param', name), wanted: 'distribution' } as const;
  const value = evaluate(item.distribution, ctx);
  if (value.kind === 'unknown') return null;
  if (value.kind !== 'distribution') {
    mistake(ctx, argumentValue, {
      at: item.distribution.span,
      facts: {
        call: 'latent',
        name,
        wanted: 'a distribution, such as normal(100)',
        given: inWords(value),
      },
    });
    return null;
  }
  const { call, range } = value;
  const shape = call.arguments.has('size') ? call.arguments.dims('size') : null;
  if (!shape) {
    mistake(ctx, unknownArgument, {
      at: item.distribution.span,
      facts: {
        call: `latent ${name}`,
        noun: 'argument',
        signature: `${call.name}(100)`,
        problem: 'missing',
        name: 'size',
      },
    });
    return null;
  }
  if (refuseLargeShape(ctx, shape, item.distribution.span)) return null;
  const type = { shape: shape.map((size) => size.value!), range, label: null, batched: true };
  return { name, distribution: call, type, span: item.span };
}
