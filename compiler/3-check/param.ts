import { argumentValue } from '../diagnostics/codes/argument-value.ts';
import { freshContext, mistake } from './context.ts';
import { evaluate } from './expression.ts';
import type { Value } from './values.ts';
import type { World } from './world.ts';

/** The value of a param, after `--set`. */
export function paramOf(world: World, name: string): Value {
  const known = world.params.get(name);
  if (known === null) return reportCircle(world, name);
  if (known) return known;
  world.params.set(name, null);
  const expr = world.resolved.overrides.get(name) ?? world.resolved.params.get(name)!.value;
  const value = evaluate(expr, freshContext(world, 'param', name));
  world.params.set(name, value);
  return value;
}

/** A param that is calculated from itself, directly or by way of others, never gets a value. */
function reportCircle(world: World, name: string): Value {
  const { span } = world.resolved.params.get(name)!.value;
  return mistake(freshContext(world, 'param', name), argumentValue, {
    at: span,
    facts: { call: 'param', name, wanted: `a value that does not depend on ${name}`, given: 'one that does' },
  });
}
