import type * as ast from '../1-parse/ast.ts';
import { argumentValue } from '../diagnostics/codes/argument-value.ts';
import type { Measure, MeasureInput } from '../measures/measure.ts';
import { assign } from './assign.ts';
import { readAssigned } from './bind.ts';
import { type Context, mistake } from './context.ts';
import { evaluateGiven } from './given.ts';
import type { Dataset } from './model.ts';
import { type Given, inWords, type TensorValue, UNKNOWN, type Value } from './values.ts';
import { isOfWholeBatch } from './whole-batch.ts';

/** `mode_coverage(G(z), ring, within: 3)`: what a measure looks at, then its arguments. */
export function applyMeasure(measure: Measure, ref: ast.Ref, ctx: Context): Value {
  const { name, inputs, arguments: table } = measure;
  const call = { name, noun: 'argument', span: ref.span } as const;
  const given = (ref.args ?? []).map((arg) => evaluateGiven(arg, table, ctx));
  const parameters = [...inputs.map((input) => ({ name: input.name })), ...table];
  const assigned = assign(ctx, call, parameters, given);
  const bound = assigned && readAssigned(ctx, call, table, assigned);
  if (!bound) return UNKNOWN;
  const samples = new Map<string, TensorValue>();
  const datasets = new Map<string, Dataset>();
  for (const input of inputs) {
    const one = assigned.get(input.name)![0]!;
    const value =
      input.takes === 'samples' ? samplesIn(one, input, name, ctx) : modesIn(one, input, name, ctx);
    if (value?.kind === 'tensor') samples.set(input.name, value);
    if (value?.kind === 'dataset') datasets.set(input.name, value.dataset);
  }
  if (samples.size + datasets.size < inputs.length) return UNKNOWN;
  return { kind: 'measure', measure, args: bound.args, samples, datasets };
}

/** A tensor with something for every sample; null after a mistake. */
function samplesIn(given: Given, { name }: MeasureInput, call: string, ctx: Context): TensorValue | null {
  const { value } = given;
  if (value.kind === 'tensor' && !value.label) {
    return isOfWholeBatch(ctx, value, given, call, name) ? null : value;
  }
  const [output] = value.kind === 'record' ? value.fields.keys() : [];
  const wanted = output ? `one output, such as .${output}` : 'a tensor, such as G(z)';
  return refused(given, name, call, wanted, ctx);
}

/** A dataset whose source knows its modes; null after a mistake. */
function modesIn(
  given: Given,
  { name }: MeasureInput,
  call: string,
  ctx: Context,
): (Value & { kind: 'dataset' }) | null {
  const { value } = given;
  if (value.kind === 'dataset' && value.dataset.source.modes) return value;
  const known = [...ctx.world.resolved.library.sources.values()].filter((source) => source.modes);
  const sources = known.map((source) => `${source.name}()`).join(' or ');
  return refused(given, name, call, `a dataset from ${sources}, whose modes are known`, ctx);
}

function refused({ value, span }: Given, name: string, call: string, wanted: string, ctx: Context): null {
  const source = value.kind === 'dataset' ? `, which is from ${value.dataset.source.name}` : '';
  if (value.kind !== 'unknown') {
    mistake(ctx, argumentValue, {
      at: span,
      facts: { call, name, wanted, given: `${inWords(value)}${source}` },
    });
  }
  return null;
}
