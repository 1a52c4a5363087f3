import type * as ast from '../1-parse/ast.ts';
import { unknownLayer } from '../diagnostics/codes/unknown-layer.ts';
import { apply } from './apply.ts';
import { applyMeasure } from './apply-measure.ts';
import { applyPenalty } from './apply-penalty.ts';
import { type Context, mistake } from './context.ts';
import { fieldOf } from './field.ts';
import { evaluateGiven } from './given.ts';
import { lookup } from './lookup.ts';
import { make } from './make.ts';
import { isRounding, round } from './rounding.ts';
import {
  type CallableValue,
  type Callee,
  type Given,
  inWords,
  isTensorLike,
  UNKNOWN,
  type Value,
} from './values.ts';

/** `faces.image`, `conv2d(64)`, `D(x).score`, `relu` */
export function evaluateReference(ref: ast.Ref, ctx: Context): Value {
  if (isRounding(ref)) return round(ref, ctx);
  const { value: found, rest } = lookup(ref, ref.args ? 'call' : 'name', ctx);
  let value = rest.reduce((inner, field) => fieldOf(inner, field, ctx), found);
  if (value.kind === 'callable') value = finished(ref, value, ctx);
  else if (ref.args) value = notCallable(ref, value, ctx);
  return ref.fields.reduce((inner, field) => fieldOf(inner, field, ctx), value);
}

/** What a step of a flow feeds its tensor into: `conv2d(64)`, `norm`, `D`. */
export function evaluateStep(ref: ast.Ref, ctx: Context): Value {
  const { value: found, rest } = lookup(ref, 'step', ctx);
  const value = rest.reduce((inner, field) => fieldOf(inner, field, ctx), found);
  if (value.kind !== 'callable') return ref.args ? notCallable(ref, value, ctx) : value;
  return {
    ...value,
    args: [...value.args, ...evaluateArgs(ref.args ?? [], value.callee, ctx)],
    span: ref.span,
  };
}

/** A callable with the parentheses after it, if any: applied when it has all it waits for. */
function finished(ref: ast.Ref, value: CallableValue, ctx: Context): Value {
  const { callee } = value;
  switch (callee.kind) {
    case 'penalty':
      return applyPenalty(callee.definition, ref, ctx);
    case 'measure':
      return applyMeasure(callee.definition, ref, ctx);
    case 'distribution':
    case 'constraint':
    case 'schedule':
    case 'optimizer':
    case 'source':
      return make(callee, evaluateArgs(ref.args ?? [], callee, ctx), ref.span, ctx);
  }
  if (!ref.args) return value;
  const args = [...value.args, ...evaluateArgs(ref.args, callee, ctx)];
  const callable = { ...value, args, span: ref.span };
  return isApplied(callee, args) ? apply(callable, null, ctx) : callable;
}

/** Whether a call has its tensors already, as `relu(x)`, or waits for one, as `conv2d(64)`. */
function isApplied(callee: Callee, given: readonly Given[]): boolean {
  if (callee.kind === 'network' || callee.kind === 'pretrained' || callee.kind === 'loss') return true;
  if (given.some((g) => g.name === null && isTensorLike(g.value))) return true;
  if (callee.kind === 'module') return given.some((g) => isTensorLike(g.value));
  // `sqrt(2)`: a number, for a function that takes nothing else.
  return (
    callee.kind === 'layer' && callee.definition.arguments.length === 0 && given.some((g) => g.name === null)
  );
}

function evaluateArgs(args: readonly ast.Arg[], callee: Callee, ctx: Context): Given[] {
  const table = 'definition' in callee ? callee.definition.arguments : [];
  return args.map((arg) => evaluateGiven(arg, table, ctx));
}

function notCallable(ref: ast.Ref, value: Value, ctx: Context): Value {
  if (value.kind === 'unknown') return UNKNOWN;
  const name = ref.path.map((part) => part.name).join('.');
  return mistake(ctx, unknownLayer, {
    at: { ...ref.span, end: ref.path[ref.path.length - 1]!.span.end },
    facts: { name, kind: 'layer', suggestion: null, spelling: null, is: inWords(value) },
  });
}
