import type * as ast from '../1-parse/ast.ts';
import { argumentValue } from '../diagnostics/codes/argument-value.ts';
import { networkTooLarge } from '../diagnostics/codes/network-too-large.ts';
import { arithmetic, negation } from './arithmetic.ts';
import { type Context, mistake } from './context.ts';
import { SizeTooLarge } from './dim.ts';
import { evaluateFlow } from './flow.ts';
import { evaluateReference } from './reference.ts';
import { UNKNOWN, type Value } from './values.ts';

/** What an expression stands for. Reports what is wrong in it, and gives `unknown` then. */
export function evaluate(expr: ast.Expr, ctx: Context): Value {
  try {
    return meaningOf(expr, ctx);
  } catch (error) {
    if (!(error instanceof SizeTooLarge)) throw error;
    return mistake(ctx, networkTooLarge, {
      at: expr.span,
      facts: { what: 'a size here', amount: null, limit: 'what can be counted exactly' },
    });
  }
}

function meaningOf(expr: ast.Expr, ctx: Context): Value {
  switch (expr.kind) {
    case 'number':
      return { kind: 'number', value: expr.value };
    case 'string':
      return { kind: 'text', value: expr.value };
    case 'boolean':
      return { kind: 'boolean', value: expr.value };
    case 'none':
      return { kind: 'none' };
    case 'list': {
      const inner = { ...ctx, top: false };
      return { kind: 'list', items: expr.items.map((item) => evaluate(item, inner)) };
    }
    case 'hole':
      return hole(expr, ctx);
    case 'ref':
      return evaluateReference(expr, ctx);
    case 'unary':
      return negation(expr, evaluate(expr.operand, ctx), ctx);
    case 'binary': {
      const left = evaluate(expr.left, ctx);
      return arithmetic(expr, left, evaluate(expr.right, ctx), ctx);
    }
    case 'flow':
      return evaluateFlow(expr, ctx);
  }
}

/** `_` is the input that a penalty varies; elsewhere it stands for nothing. */
function hole(expr: ast.Hole, ctx: Context): Value {
  const varied = ctx.scope.get('_');
  if (varied) return varied;
  mistake(ctx, argumentValue, {
    at: expr.span,
    facts: {
      call: 'a penalty',
      name: '_',
      wanted: 'a place in its first argument, as in gradient_penalty(D(_, y), real, fake)',
      given: 'to something else',
    },
  });
  return UNKNOWN;
}
