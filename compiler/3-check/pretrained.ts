import type * as ast from '../1-parse/ast.ts';
import { argumentValue } from '../diagnostics/codes/argument-value.ts';
import { pretrainedUnusable } from '../diagnostics/codes/pretrained-unusable.ts';
import { unknownName } from '../diagnostics/codes/unknown-name.ts';
import { renameFix } from '../diagnostics/fixes.ts';
import { nearest } from '../diagnostics/nearest.ts';
import { layOut, type ModelPlan } from '../pretrained/lay-out.ts';
import { Misfit, ModelError } from '../pretrained/model-error.ts';
import { readTopology, type Topology } from '../pretrained/topology.ts';
import { pretrainedOptions } from './block-options.ts';
import { type Context, freshContext, mistake } from './context.ts';
import { evaluate } from './expression.ts';
import type { Interval } from './interval.ts';
import type { Network } from './model.ts';
import { readOptions } from './options.ts';
import { inWords, type Value } from './values.ts';
import type { World } from './world.ts';

/** A pretrained model that the spec declares, ready to be laid out for whatever shape it is given. */
export interface Pretrained {
  readonly name: string;
  readonly from: string;
  readonly plan: ModelPlan;
  /** The names of the wanted layers, as fields of its result; null for the output of the model alone. */
  readonly fields: readonly string[] | null;
  /** By the shape of its input. */
  readonly networks: Map<string, Network>;
  readonly span: ast.Pretrained['span'];
}

/** Sizes that a model leaves open, where it is tried before anything is given to it. */
const TRIAL = 224;

/** A declaration of a pretrained model; null after a mistake was reported in it. */
export function pretrainedOf(world: World, item: ast.Pretrained): Pretrained | null {
  const known = world.pretrained.get(item);
  if (known !== undefined) return known;
  world.pretrained.set(item, null);
  const pretrained = readPretrained(world, item);
  world.pretrained.set(item, pretrained);
  return pretrained;
}

function readPretrained(world: World, item: ast.Pretrained): Pretrained | null {
  const { span } = item.name;
  const name = world.networkName(item);
  const ctx = freshContext(world, 'param', name);
  const args = readOptions(ctx, name, span, item.options, pretrainedOptions, ['layers'])?.args;
  const from = readPath(item, ctx);
  if (!args || from === null) return null;
  const found = world.findModel(from, item.span.file);
  if (found.kind === 'unusable') {
    mistake(ctx, pretrainedUnusable, { at: item.from.span, facts: found });
    return null;
  }
  try {
    const topology = readTopology(found.topology);
    const fields = readLayers(item, topology, ctx);
    if (fields === 'wrong') return null;
    const plan: ModelPlan = {
      name,
      topology,
      tensors: found.tensors,
      wanted: fields ? fields.map((layer) => topology.layers.get(layer)!) : [topology.output],
      preprocess: args.has('preprocess') ? args.string('preprocess') : null,
      range: intervalOf(args.raw('input')),
      span,
    };
    tryOut(plan);
    return { name, from, plan, fields, networks: new Map(), span };
  } catch (error) {
    reportModel(error, from, item.from.span, ctx);
    return null;
  }
}

/** Lays the model out for the input that it says it takes: whatever does not fit then is wrong in the model itself. */
function tryOut(plan: ModelPlan): void {
  const { inputShape } = plan.topology;
  if (!inputShape) return;
  try {
    layOut(
      { ...plan, preprocess: null },
      inputShape.map((size) => size ?? TRIAL),
    );
  } catch (error) {
    if (!(error instanceof Misfit)) throw error;
    if (inputShape.every((size) => size !== null)) {
      throw new ModelError(`does not fit itself: its layer ${error.message}`, 'convert the model again');
    }
  }
}

/** Says that a model is at fault; any other error goes on. */
export function reportModel(error: unknown, from: string, at: ast.Expr['span'], ctx: Context): void {
  if (!(error instanceof ModelError)) throw error;
  mistake(ctx, pretrainedUnusable, {
    at,
    facts: { problem: `${from} ${error.message}`, help: error.help },
  });
}

function readPath(item: ast.Pretrained, ctx: Context): string | null {
  const value = evaluate(item.from, ctx);
  if (value.kind === 'text') return value.value;
  if (value.kind !== 'unknown') {
    mistake(ctx, argumentValue, {
      at: item.from.span,
      facts: {
        call: ctx.owner,
        name: 'the model',
        wanted: 'the path of its model.json in quotes',
        given: inWords(value),
      },
    });
  }
  return null;
}

/** The layers whose outputs are wanted; null for the output of the whole model. */
function readLayers(
  item: ast.Pretrained,
  topology: Topology,
  ctx: Context,
): readonly string[] | null | 'wrong' {
  const option = item.options.find(({ name }) => name.name === 'layers');
  if (!option) return null;
  const value = evaluate(option.value, ctx);
  if (value.kind === 'unknown') return 'wrong';
  const names = value.kind === 'list' ? value.items.flatMap((layer) => textIn(layer)) : [];
  const isList = value.kind === 'list' && names.length === value.items.length && names.length > 0;
  if (!isList || new Set(names).size < names.length) {
    mistake(ctx, argumentValue, {
      at: option.value.span,
      facts: {
        call: ctx.owner,
        name: 'layers',
        wanted: 'a list of names of layers, each once, such as ["block3_conv3"]',
        given: inWords(value),
      },
    });
    return 'wrong';
  }
  const known = [...topology.layers.keys()];
  for (const [index, layer] of names.entries()) {
    if (topology.layers.has(layer)) continue;
    const written = option.value.kind === 'list' ? option.value.items[index]! : option.value;
    const suggestion = nearest(layer, known);
    const at = written.span;
    mistake(ctx, unknownName, {
      at,
      facts: { name: layer, kind: `layer of ${ctx.owner}`, suggestion, known },
      fixes: suggestion && written.kind === 'string' ? [renameFix(at, JSON.stringify(suggestion))] : [],
    });
    return 'wrong';
  }
  return names;
}

function textIn(value: Value): readonly string[] {
  return value.kind === 'text' ? [value.value] : [];
}

function intervalOf(value: unknown): Interval {
  const [low, high] = value as readonly [number, number];
  return { low, high };
}
