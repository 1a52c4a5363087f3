import type * as ast from '../1-parse/ast.ts';
import type { Span } from '../source/span.ts';
import { assign, parametersOf } from './assign.ts';
import type { Context } from './context.ts';
import { evaluate } from './expression.ts';
import { countLayer } from './limits.ts';
import { Scope } from './scope.ts';
import { type Given, UNKNOWN, type Value } from './values.ts';

/** A loss is an expression with a name: it is evaluated with what it is given in the place of its ports. */
export function applyLoss(
  loss: ast.Loss,
  name: string,
  given: readonly Given[],
  span: Span,
  ctx: Context,
): Value {
  countLayer(ctx, span);
  const scope = scopeOf(loss, name, given, span, ctx);
  if (!scope) return UNKNOWN;
  return evaluate(loss.value, {
    ...ctx,
    scope,
    trace: [{ module: name, span }, ...ctx.trace],
    top: false,
    wanted: null,
  });
}

/** What is in sight of the expression of a loss: its ports, and nothing of where it is used. */
function scopeOf(
  loss: ast.Loss,
  name: string,
  given: readonly Given[],
  span: Span,
  ctx: Context,
): Scope | null {
  const assigned = assign(ctx, { name, noun: 'argument', span }, parametersOf(loss.ports), given);
  if (!assigned) return null;
  const scope = new Scope([...assigned].map(([port, [one]]) => [port, one!.value]));
  for (const port of loss.ports) {
    if (port.default && !assigned.has(port.name.name)) {
      scope.set(port.name.name, evaluate(port.default, { ...ctx, scope }));
    }
  }
  return scope;
}
