import type * as ast from '../1-parse/ast.ts';
import { argumentValue } from '../diagnostics/codes/argument-value.ts';
import { networkTooLarge } from '../diagnostics/codes/network-too-large.ts';
import { notAWholeNumber } from '../diagnostics/codes/not-a-whole-number.ts';
import { rankMismatch } from '../diagnostics/codes/rank-mismatch.ts';
import { apply } from './apply.ts';
import { type Context, mistake } from './context.ts';
import type { Dim } from './dim.ts';
import { evaluate } from './expression.ts';
import { countLayer, MAX_LAYERS, written } from './limits.ts';
import { evaluateStep } from './reference.ts';
import { textAt } from './source-text.ts';
import { addNode } from './tensors.ts';
import { inWords, UNKNOWN, type Value } from './values.ts';

/** `x -> conv2d(64) -> relu`: each step takes what the one before made. */
export function evaluateFlow(flow: ast.Flow, ctx: Context): Value {
  let value = evaluate(flow.head, ctx);
  let madeBy: ast.Expr | ast.Step = flow.head;
  for (const step of flow.steps) {
    value = walkStep(step, value, madeBy, ctx);
    madeBy = step;
  }
  return value;
}

/** One step; at the top level of a body the way of the shape is remembered, for messages. */
function walkStep(step: ast.Step, value: Value, before: ast.Expr | ast.Step, ctx: Context): Value {
  const rounds: (readonly Dim[])[] = [];
  const result = runStep(step, value, before, { ...ctx, top: false }, rounds);
  if (!ctx.top || value.kind !== 'tensor' || result.kind !== 'tensor') return result;
  const loop = step.kind === 'for' || step.kind === 'repeat' ? step.kind : null;
  const to = loop && rounds.length > 0 ? rounds : [result.shape];
  const walk = { span: step.span, from: value.shape, to, loop, previous: value.walk };
  return { ...result, walk };
}

function runStep(
  step: ast.Step,
  value: Value,
  before: ast.Expr | ast.Step,
  ctx: Context,
  rounds: (readonly Dim[])[] = [],
): Value {
  switch (step.kind) {
    case 'none':
      return value;
    case 'ref':
      return runReference(step, value, before, ctx);
    case 'per_frame':
      return runPerFrame(step, value, before, ctx);
    case 'for':
      return runFor(step, value, before, ctx, rounds);
    case 'repeat':
      return runRepeat(step, value, before, ctx, rounds);
  }
}

function runReference(step: ast.Ref, value: Value, before: ast.Expr | ast.Step, ctx: Context): Value {
  countLayer(ctx, step.span);
  const callee = evaluateStep(step, ctx);
  const first = { name: null, nameSpan: before.span, value, expr: exprOf(before), span: before.span };
  if (callee.kind === 'none') return value;
  if (callee.kind === 'unknown') return UNKNOWN;
  if (callee.kind !== 'callable') {
    return mistake(ctx, argumentValue, {
      at: step.span,
      facts: {
        call: '->',
        name: 'the right side',
        wanted: 'a layer, a module or a network',
        given: inWords(callee),
      },
    });
  }
  let result = apply(callee, first, ctx);
  for (const field of step.fields) result = fieldOfStep(result, field);
  return result;
}

function fieldOfStep(value: Value, field: ast.Name): Value {
  return value.kind === 'record' ? (value.fields.get(field.name) ?? UNKNOWN) : UNKNOWN;
}

function exprOf(before: ast.Expr | ast.Step): ast.Expr | null {
  return before.kind === 'for' || before.kind === 'repeat' || before.kind === 'per_frame' ? null : before;
}

function runChain(chain: ast.Chain, value: Value, before: ast.Expr | ast.Step, ctx: Context): Value {
  let result = value;
  let madeBy = before;
  for (const step of chain.steps) {
    result = runStep(step, result, madeBy, ctx);
    madeBy = step;
  }
  return result;
}

function runFor(
  step: ast.For,
  value: Value,
  before: ast.Expr | ast.Step,
  ctx: Context,
  rounds: (readonly Dim[])[],
): Value {
  const list = evaluate(step.in, ctx);
  if (list.kind === 'unknown') return UNKNOWN;
  if (list.kind !== 'list') {
    return mistake(ctx, argumentValue, {
      at: step.in.span,
      facts: {
        call: 'for',
        name: step.variable.name,
        wanted: 'a list, such as [256, 128, 64]',
        given: inWords(list),
      },
    });
  }
  let result = value;
  for (const item of list.items) {
    countLayer(ctx, step.span);
    result = runChain(step.body, result, before, { ...ctx, scope: ctx.scope.with(step.variable.name, item) });
    if (result.kind === 'tensor') rounds.push(result.shape);
  }
  return result;
}

function runRepeat(
  step: ast.Repeat,
  value: Value,
  before: ast.Expr | ast.Step,
  ctx: Context,
  rounds: (readonly Dim[])[],
): Value {
  const count = evaluate(step.count, ctx);
  // Inside a module a number of rounds may be left open; then so is the shape.
  if (count.kind === 'unknown' || count.kind === 'size') return UNKNOWN;
  if (count.kind !== 'number' || !Number.isInteger(count.value) || count.value < 0) {
    const given = count.kind === 'number' ? count.value : Number.NaN;
    return mistake(ctx, notAWholeNumber, {
      at: step.count.span,
      facts: { name: 'repeat', written: textAt(ctx.world, step.count.span), value: given, min: 0 },
    });
  }
  if (count.value > MAX_LAYERS) {
    return mistake(ctx, networkTooLarge, {
      at: step.count.span,
      facts: {
        what: 'repeat',
        amount: `${written(count.value)} rounds`,
        limit: `${written(MAX_LAYERS)} layers`,
      },
    });
  }
  let result = value;
  for (let round = 0; round < count.value; round++) {
    countLayer(ctx, step.span);
    result = runChain(step.body, result, before, ctx);
    if (result.kind === 'tensor') rounds.push(result.shape);
  }
  return result;
}

/**
 * Every frame of a clip on its own: time joins the batch, and leaves it again. What comes from outside counts
 * for every frame of its clip.
 */
function runPerFrame(step: ast.PerFrame, value: Value, before: ast.Expr | ast.Step, ctx: Context): Value {
  if (value.kind === 'unknown') return UNKNOWN;
  if (value.kind !== 'tensor' || value.shape.length < 2 || value.label) {
    const given = value.kind === 'tensor' ? value.shape : [];
    return mistake(ctx, rankMismatch, {
      at: step.span,
      facts: { layer: 'per_frame', wanted: 'clip', given },
    });
  }
  const [frames, ...shape] = value.shape;
  const { range } = value;
  const known = frames!.value ?? 0;
  const folded = addNode(
    ctx,
    { kind: 'fold_time', frames: known },
    [value],
    { shape, range, batched: true },
    value.made,
  );
  const result = runChain(step.body, folded, before, ctx);
  if (result.kind !== 'tensor') return UNKNOWN;
  const parts = {
    shape: [frames!, ...result.shape],
    range: result.range,
    batched: true,
  };
  return addNode(ctx, { kind: 'unfold_time', frames: known }, [result], parts, step.span);
}
