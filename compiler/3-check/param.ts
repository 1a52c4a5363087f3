import type * as ast from '../1-parse/ast.ts';
import { argumentValue } from '../diagnostics/codes/argument-value.ts';
import { freshContext, mistake } from './context.ts';
import { evaluate } from './expression.ts';
import type { Value } from './values.ts';
import type { World } from './world.ts';

/** The value of a param, after `--set`. */
export function paramOf(world: World, param: ast.Param): Value {
  const known = world.params.get(param);
  if (known === null) return reportCircle(world, param);
  if (known) return known;
  world.params.set(param, null);
  const expr = world.resolved.overrides.get(param) ?? param.value;
  const value = evaluate(expr, freshContext(world, 'param', param.name.name));
  world.params.set(param, value);
  return value;
}

/** A param that is calculated from itself, directly or by way of others, never gets a value. */
function reportCircle(world: World, param: ast.Param): Value {
  const { name } = param.name;
  const { span } = param.value;
  return mistake(freshContext(world, 'param', name), argumentValue, {
    at: span,
    facts: { call: 'param', name, wanted: `a value that does not depend on ${name}`, given: 'one that does' },
  });
}
