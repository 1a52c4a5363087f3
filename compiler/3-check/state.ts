import type * as ast from '../1-parse/ast.ts';
import { argumentValue } from '../diagnostics/codes/argument-value.ts';
import { stateOptions } from './block-options.ts';
import { type Context, mistake } from './context.ts';
import { evaluate } from './expression.ts';
import { UNBOUNDED } from './interval.ts';
import type { GraphNode, StatePlan, UpdatePlan } from './model.ts';
import { optionNamed, readOptions } from './options.ts';
import { addNode, nodeIn, numberTensor } from './tensors.ts';
import { inWords, UNKNOWN, type Value } from './values.ts';

/** The number that a `state` of `train` starts with; null after a mistake. */
export function readStart(state: ast.State, train: Context): number | null {
  const ctx = { ...train, owner: ownerOf(state) };
  const read = readOptions(ctx, ctx.owner, state.name.span, state.options, stateOptions, ['next']);
  return read?.args.number('start') ?? null;
}

/** What the name of a state stands for: the number as it is before the step. */
export function stateTensor({ name: { name, span } }: ast.State, start: number | null, ctx: Context): Value {
  if (start === null) return UNKNOWN;
  const parts = { shape: [], range: UNBOUNDED, batched: false };
  return addNode(ctx, { kind: 'state', state: name, start }, [], parts, span);
}

/** Where a state goes next: a node of the training graph; null after a mistake. */
export function readNext(state: ast.State, train: Context): number | null {
  const ctx = { ...train, owner: ownerOf(state) };
  const option = optionNamed(state.options, 'next', state.name.span, ctx);
  if (!option) return null;
  const { value: expr } = option;
  const value = evaluate(expr, ctx);
  if (value.kind === 'unknown') return null;
  if (value.kind === 'number') return nodeIn(ctx, numberTensor(ctx, value.value, expr.span));
  if (value.kind === 'tensor' && !value.batched && value.shape.length === 0) return nodeIn(ctx, value);
  const given = value.kind === 'tensor' && value.batched ? 'something for every example' : inWords(value);
  mistake(ctx, argumentValue, {
    at: expr.span,
    facts: {
      call: ctx.owner,
      name: 'next',
      wanted: `one number for the batch, such as clip(${state.name.name} + 0.01, 0, 1)`,
      given,
    },
  });
  return null;
}

/**
 * Which update each state moves in: the first whose loss rests on it, or on another state that moves there and
 * rests on it. One that nothing rests on moves in the last update.
 */
export function placeStates(
  states: readonly Omit<StatePlan, 'update'>[],
  updates: readonly UpdatePlan[],
  graph: readonly GraphNode[],
): StatePlan[] {
  const places = new Map<string, string>();
  for (const { name, loss } of updates) {
    const open = [loss];
    const seen = new Set<number>();
    for (let node = open.pop(); node !== undefined; node = open.pop()) {
      if (seen.has(node)) continue;
      seen.add(node);
      const { op, inputs } = graph[node]!;
      open.push(...inputs);
      if (op.kind !== 'state' || places.has(op.state)) continue;
      places.set(op.state, name);
      const state = states.find((one) => one.name === op.state);
      if (state) open.push(state.next);
    }
  }
  const last = updates.at(-1)?.name ?? '';
  return states.map((state) => ({ ...state, update: places.get(state.name) ?? last }));
}

function ownerOf({ name }: ast.State): string {
  return `state ${name.name}`;
}
