import { freshContext } from './context.ts';
import { evaluate } from './expression.ts';
import { UNKNOWN, type Value } from './values.ts';
import type { World } from './world.ts';

/** The value of a param, after `--set`. One that stands for itself was reported as unknown. */
export function paramOf(world: World, name: string): Value {
  const known = world.params.get(name);
  if (known) return known;
  world.params.set(name, UNKNOWN);
  const expr = world.resolved.overrides.get(name) ?? world.resolved.params.get(name)!.value;
  const value = evaluate(expr, freshContext(world, 'param', name));
  world.params.set(name, value);
  return value;
}
