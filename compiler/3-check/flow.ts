import type * as ast from '../1-parse/ast.ts';
import { argumentValue } from '../diagnostics/codes/argument-value.ts';
import { networkTooLarge } from '../diagnostics/codes/network-too-large.ts';
import { notAWholeNumber } from '../diagnostics/codes/not-a-whole-number.ts';
import { rankMismatch } from '../diagnostics/codes/rank-mismatch.ts';
import { apply } from './apply.ts';
import { type Context, mistake } from './context.ts';
import type { Dim } from './dim.ts';
import { evaluate } from './expression.ts';
import { fieldOf } from './field.ts';
import { countLayer, MAX_LAYERS, written } from './limits.ts';
import { evaluateStep } from './reference.ts';
import type { Scope } from './scope.ts';
import { textAt } from './source-text.ts';
import { addNode } from './tensors.ts';
import { type Given, inWords, UNKNOWN, type Value } from './values.ts';

/** `x -> conv2d(64) -> relu`: each step takes what the one before made. */
export function evaluateFlow(flow: ast.Flow, ctx: Context): Value {
  let flowing = madeBy(flow.head, evaluate(flow.head, ctx));
  for (const step of flow.steps) flowing = madeBy(step, walkStep(step, flowing, ctx));
  return flowing.value;
}

/** What flows on from an expression or a step, to be given to the next. */
function madeBy(made: ast.Expr | ast.Step, value: Value): Given {
  const isExpr = made.kind !== 'for' && made.kind !== 'repeat' && made.kind !== 'per_frame';
  return { name: null, nameSpan: made.span, value, expr: isExpr ? made : null, span: made.span };
}

/** One step; at the top level of a body the way of the shape is remembered, for messages. */
function walkStep(step: ast.Step, flowing: Given, ctx: Context): Value {
  const rounds: (readonly Dim[])[] = [];
  const { value } = flowing;
  const result = runStep(step, flowing, { ...ctx, top: false }, rounds);
  if (!ctx.top || value.kind !== 'tensor' || result.kind !== 'tensor') return result;
  const loop = step.kind === 'for' || step.kind === 'repeat' ? step.kind : null;
  const to = loop && rounds.length > 0 ? rounds : [result.shape];
  const walk = { span: step.span, from: value.shape, to, loop, previous: value.walk };
  return { ...result, walk };
}

/** `rounds` takes the shapes that the rounds of a loop end with. */
function runStep(step: ast.Step, flowing: Given, ctx: Context, rounds: (readonly Dim[])[] = []): Value {
  switch (step.kind) {
    case 'none':
      return flowing.value;
    case 'ref':
      return runReference(step, flowing, ctx);
    case 'per_frame':
      return runPerFrame(step, flowing, ctx);
    case 'for':
      return runRounds(step, scopesOfFor(step, ctx), flowing, ctx, rounds);
    case 'repeat':
      return runRounds(step, scopesOfRepeat(step, ctx), flowing, ctx, rounds);
  }
}

function runReference(step: ast.Ref, flowing: Given, ctx: Context): Value {
  countLayer(ctx, step.span);
  const callee = evaluateStep(step, ctx);
  if (callee.kind === 'none') return flowing.value;
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
  return step.fields.reduce((value, field) => fieldOf(value, field, ctx), apply(callee, flowing, ctx));
}

function runChain(chain: ast.Chain, flowing: Given, ctx: Context): Given {
  return chain.steps.reduce((value, step) => madeBy(step, runStep(step, value, ctx)), flowing);
}

/** The body of a loop, once with each scope; unknown where there are none. */
function runRounds(
  loop: ast.For | ast.Repeat,
  scopes: readonly Scope[] | null,
  flowing: Given,
  ctx: Context,
  rounds: (readonly Dim[])[],
): Value {
  if (!scopes) return UNKNOWN;
  let { value } = flowing;
  for (const scope of scopes) {
    countLayer(ctx, loop.span);
    value = runChain(loop.body, { ...flowing, value }, { ...ctx, scope }).value;
    if (value.kind === 'tensor') rounds.push(value.shape);
  }
  return value;
}

/** For each entry of the list, what is in sight of its round; null after a mistake. */
function scopesOfFor(step: ast.For, ctx: Context): Scope[] | null {
  const list = evaluate(step.in, ctx);
  const { name } = step.variable;
  if (list.kind === 'list') return list.items.map((item) => ctx.scope.with(name, item));
  if (list.kind !== 'unknown') {
    mistake(ctx, argumentValue, {
      at: step.in.span,
      facts: { call: 'for', name, wanted: 'a list, such as [256, 128, 64]', given: inWords(list) },
    });
  }
  return null;
}

/** The same for every round; null after a mistake. */
function scopesOfRepeat(step: ast.Repeat, ctx: Context): Scope[] | null {
  const count = evaluate(step.count, ctx);
  // Inside a module a number of rounds may be left open; then so is the shape.
  if (count.kind === 'unknown' || count.kind === 'size') return null;
  const at = step.count.span;
  if (count.kind !== 'number' || !Number.isInteger(count.value) || count.value < 0) {
    const value = count.kind === 'number' ? count.value : Number.NaN;
    const facts = { name: 'repeat', written: textAt(ctx.world, at), value, min: 0 };
    mistake(ctx, notAWholeNumber, { at, facts });
    return null;
  }
  if (count.value > MAX_LAYERS) {
    const [amount, limit] = [`${written(count.value)} rounds`, `${written(MAX_LAYERS)} layers`];
    mistake(ctx, networkTooLarge, { at, facts: { what: 'repeat', amount, limit } });
    return null;
  }
  return new Array<Scope>(count.value).fill(ctx.scope);
}

/**
 * Every frame of a clip on its own: time joins the batch, and leaves it again. What comes from outside counts
 * for every frame of its clip.
 */
function runPerFrame(step: ast.PerFrame, flowing: Given, ctx: Context): Value {
  const { value } = flowing;
  if (value.kind === 'unknown') return UNKNOWN;
  if (value.kind !== 'tensor' || value.shape.length < 2 || value.label) {
    const given = value.kind === 'tensor' ? value.shape : [];
    return mistake(ctx, rankMismatch, {
      at: step.span,
      facts: { layer: 'per_frame', wanted: 'timed', given },
    });
  }
  const [frames, ...shape] = value.shape;
  const known = frames!.value ?? 0;
  const folded = addNode(
    ctx,
    { kind: 'fold_time', frames: known },
    [value],
    { shape, range: value.range, batched: true },
    value.made,
  );
  const { value: result, span } = runChain(step.body, { ...flowing, value: folded }, ctx);
  if (result.kind === 'unknown') return UNKNOWN;
  if (result.kind !== 'tensor') {
    return mistake(ctx, argumentValue, {
      at: span,
      facts: { call: 'per_frame', name: 'the result', wanted: 'a tensor', given: inWords(result) },
    });
  }
  const parts = { shape: [frames!, ...result.shape], range: result.range, batched: true };
  return addNode(ctx, { kind: 'unfold_time', frames: known }, [result], parts, step.span);
}
