import type * as ast from '../1-parse/ast.ts';
import { addShapeMismatch } from '../diagnostics/codes/add-shape-mismatch.ts';
import { argumentValue } from '../diagnostics/codes/argument-value.ts';
import type { Span } from '../source/span.ts';
import { type Context, mistake } from './context.ts';
import { Dim } from './dim.ts';
import { eachOutput } from './each-output.ts';
import { difference, negated, product, quotient, sum } from './interval.ts';
import { reportLabelArithmetic } from './label-report.ts';
import { addNode, numberTensor } from './tensors.ts';
import { scheduleTensor } from './training-tensors.ts';
import { inWords, sizeValue, type TensorValue, UNKNOWN, type Value } from './values.ts';

type Operator = ast.Binary['operator'];

export function negation(expr: ast.Unary, value: Value, ctx: Context): Value {
  switch (value.kind) {
    case 'unknown':
      return UNKNOWN;
    case 'number':
      return { kind: 'number', value: -value.value };
    case 'size':
      return { kind: 'size', size: value.size.times(-1) };
    default: {
      if (isNoise(value)) return noiseThen(value, (drawn) => negation(expr, drawn, ctx));
      const each = eachOutput([value], expr.span, ctx, ([part]) => negation(expr, part!, ctx));
      if (each) return each;
      const tensor = operand(value, expr.operand.span, '-', null, ctx);
      if (!tensor) return UNKNOWN;
      const { shape, batched } = tensor;
      return addNode(
        ctx,
        { kind: 'negate' },
        [tensor],
        { shape, range: negated(tensor.range), batched },
        expr.span,
      );
    }
  }
}

/** `+ - * /` on numbers, sizes and tensors, number by number. */
export function arithmetic(expr: ast.Binary, left: Value, right: Value, ctx: Context): Value {
  if (left.kind === 'unknown' || right.kind === 'unknown') return UNKNOWN;
  const { operator } = expr;
  if (left.kind === 'number' && right.kind === 'number') {
    return { kind: 'number', value: compute(operator, left.value, right.value) };
  }
  if (isSize(left) && isSize(right)) return sizeArithmetic(operator, left, right);
  const each = eachOutput([left, right], expr.span, ctx, ([a, b]) => arithmetic(expr, a!, b!, ctx));
  if (each) return each;
  if (isNoise(left) && isOneNumber(right)) {
    return noiseThen(left, (drawn) => arithmetic(expr, drawn, right, ctx));
  }
  if (isNoise(right) && isOneNumber(left)) {
    return noiseThen(right, (drawn) => arithmetic(expr, left, drawn, ctx));
  }
  const a = operand(left, expr.left.span, operator, tensorOrNull(right), ctx);
  const b = a && operand(right, expr.right.span, operator, a, ctx);
  if (!a || !b) return UNKNOWN;
  const shape = broadcast(a.shape, b.shape);
  if (!shape) {
    return mistake(ctx, addShapeMismatch, {
      at: expr.span,
      facts: { operator, left: a.shape, right: b.shape },
      also: { left: expr.left.span, right: expr.right.span },
    });
  }
  const range = combined(operator, a, b);
  return addNode(
    ctx,
    { kind: 'binary', operator },
    [a, b],
    { shape, range, batched: a.batched || b.batched },
    expr.span,
  );
}

function compute(operator: Operator, a: number, b: number): number {
  switch (operator) {
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    case '/':
      return a / b;
  }
}

type SizeLike = Extract<Value, { kind: 'number' | 'size' }>;

function isSize(value: Value): value is SizeLike {
  return value.kind === 'number' || value.kind === 'size';
}

/** A quotient that is not known to come out even is unknown: the use, where sizes are known, will tell. */
function sizeArithmetic(operator: Operator, left: SizeLike, right: SizeLike): Value {
  const [a, b] = [sizeOf(left), sizeOf(right)];
  if (!a || !b) return UNKNOWN;
  const size =
    operator === '+'
      ? a.plus(b)
      : operator === '-'
        ? a.minus(b)
        : operator === '*'
          ? a.times(b)
          : b.value === null
            ? null
            : a.over(b.value);
  return size ? sizeValue(size) : UNKNOWN;
}

function sizeOf(value: SizeLike): Dim | null {
  if (value.kind === 'size') return value.size;
  return Number.isSafeInteger(value.value) ? Dim.of(value.value) : null;
}

function tensorOrNull(value: Value): TensorValue | null {
  return value.kind === 'tensor' ? value : null;
}

type NoiseLike = Extract<Value, { kind: 'distribution' | 'noise' }>;

function isNoise(value: Value): value is NoiseLike {
  return value.kind === 'distribution' || value.kind === 'noise';
}

/** A number has no shape to give to noise: `x + 0.1 * normal` draws one for every number of x. */
function isOneNumber(value: Value): boolean {
  return (
    value.kind === 'number' ||
    value.kind === 'schedule' ||
    (value.kind === 'tensor' && !value.batched && value.shape.length === 0)
  );
}

/** Noise that more is done to. */
function noiseThen(noise: NoiseLike, more: (drawn: TensorValue) => Value): Value {
  if (noise.kind === 'distribution') return { kind: 'noise', distribution: noise, calculate: more };
  const calculate = (drawn: TensorValue) => {
    const value = noise.calculate(drawn);
    return value.kind === 'tensor' ? more(value) : value;
  };
  return { ...noise, calculate };
}

/** A value as a tensor; null after a mistake. Noise takes the shape of what stands on the other side. */
function operand(
  value: Value,
  at: Span,
  operator: Operator,
  other: TensorValue | null,
  ctx: Context,
): TensorValue | null {
  switch (value.kind) {
    case 'unknown':
      return null;
    case 'tensor':
      if (!value.label) return value;
      reportLabelArithmetic(ctx, at, value.label, operator);
      return null;
    case 'number':
      return numberTensor(ctx, value.value, at);
    case 'schedule':
      return scheduleTensor(value, at, ctx);
    case 'distribution':
    case 'noise':
      if (other) {
        const { call, range } = value.kind === 'noise' ? value.distribution : value;
        const { shape, batched } = other;
        const path = ctx.path.claim('noise');
        const op = { kind: 'noise', distribution: call, path } as const;
        const drawn = addNode(ctx, op, [other], { shape, range, batched }, at);
        return value.kind === 'noise' ? tensorOrNull(value.calculate(drawn)) : drawn;
      }
      break;
  }
  mistake(ctx, argumentValue, {
    at,
    facts: { call: `\`${operator}\``, name: 'a side', wanted: 'a tensor or a number', given: inWords(value) },
  });
  return null;
}

/** NumPy's rule: sizes agree from the right, or one of them is 1 or missing. */
export function broadcast(a: readonly Dim[], b: readonly Dim[]): readonly Dim[] | null {
  const rank = Math.max(a.length, b.length);
  const shape: Dim[] = [];
  for (let i = 1; i <= rank; i++) {
    const [x, y] = [a[a.length - i], b[b.length - i]];
    if (!x || !y) shape.unshift((x ?? y)!);
    else if (x.equals(y) || y.equals(1)) shape.unshift(x);
    else if (x.equals(1)) shape.unshift(y);
    else return null;
  }
  return shape;
}

function combined(operator: Operator, a: TensorValue, b: TensorValue) {
  switch (operator) {
    case '+':
      return sum(a.range, b.range);
    case '-':
      return difference(a.range, b.range);
    case '*':
      return product(a.range, b.range);
    case '/':
      return quotient(a.range, b.range);
  }
}
