import type * as ast from '../1-parse/ast.ts';
import type { Context } from './context.ts';
import { evaluate } from './expression.ts';
import { Scope } from './scope.ts';
import type { Value } from './values.ts';

/** Evaluates bindings in the order written, then the result: one value, or a record of several. */
export function evaluateBody(body: ast.Body, ctx: Context): Value {
  const scope = new Scope([], ctx.scope);
  const inner = { ...ctx, scope };
  for (const binding of body.bindings) {
    const { name, span } = binding.name;
    scope.set(name, evaluate(binding.value, { ...inner, path: ctx.path.binding(name) }), span);
  }
  if (body.result.kind !== 'record') return evaluate(body.result, inner);
  const fields = new Map<string, Value>();
  for (const { name, value } of body.result.fields) {
    const path = ctx.path.binding(name.name);
    fields.set(name.name, evaluate(value, { ...inner, path }));
  }
  return { kind: 'record', fields, owner: ctx.owner };
}

/** Where an expression says what comes out at its end: its last step. */
export function endOf(expr: ast.Expr): ast.Expr | ast.Step {
  return expr.kind === 'flow' ? expr.steps[expr.steps.length - 1]! : expr;
}
