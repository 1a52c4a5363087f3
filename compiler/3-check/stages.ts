import type * as ast from '../1-parse/ast.ts';
import type { Resolved } from '../2-resolve/resolved.ts';
import { argumentValue } from '../diagnostics/codes/argument-value.ts';
import { duplicateName } from '../diagnostics/codes/duplicate-name.ts';
import { networkTooLarge } from '../diagnostics/codes/network-too-large.ts';
import { unknownArgument } from '../diagnostics/codes/unknown-argument.ts';
import type { Reporter } from '../diagnostics/reporter.ts';
import { stageOptions, trainOptions } from './block-options.ts';
import { type Context, freshContext, mistake } from './context.ts';
import { MAX_STAGES, written } from './limits.ts';
import type { Stage } from './model.ts';
import { optionNamed, readOptions } from './options.ts';
import { paramOf } from './param.ts';
import { inWords, type Value } from './values.ts';
import { World } from './world.ts';

/** One stage of a training: when it is, and the spec as it is in it. */
export interface StagePlan {
  readonly stage: Stage;
  /** Those of all stages together. */
  readonly steps: number;
  /** With the params of the stage in place of those written. */
  readonly resolved: Resolved;
}

/**
 * The stages of `train` in their order; none where the training has none. After a mistake in one of them it is left
 * out, and what remains can still be checked.
 */
export function readStages(resolved: Resolved, reporter: Reporter): StagePlan[] {
  const entries = resolved.train?.entries.filter((entry) => entry.kind === 'stage') ?? [];
  if (entries.length === 0) return [];
  const base = new World(resolved, reporter);
  const ctx = freshContext(base, 'param', 'train');
  refuseSteps(resolved.train!, ctx);
  refuseIdleSettings(entries, ctx);
  if (entries.length > MAX_STAGES) {
    const [amount, limit] = [written(entries.length), written(MAX_STAGES)];
    mistake(ctx, networkTooLarge, {
      at: entries[MAX_STAGES]!.label.span,
      facts: { what: 'the number of stages', amount, limit },
    });
    return [];
  }
  const plans: Omit<StagePlan, 'steps'>[] = [];
  const labels = new Map<string, ast.Stage>();
  let start = 0;
  for (const entry of entries) {
    const { value: label, span } = entry.label;
    const first = labels.get(label);
    if (first)
      mistake(ctx, duplicateName, { at: span, facts: { name: label }, also: { first: first.label.span } });
    labels.set(label, entry);
    const plan = readStage(entry, start, base);
    if (!plan) continue;
    plans.push(plan);
    start += plan.stage.steps;
  }
  return plans.map((plan) => ({ ...plan, steps: start }));
}

function readStage(entry: ast.Stage, start: number, base: World): Omit<StagePlan, 'steps'> | null {
  const owner = `stage ${JSON.stringify(entry.label.value)}`;
  const { resolved, reporter } = base;
  const { params } = resolved.names;
  const overrides = new Map(resolved.overrides);
  const set: [ast.Param, ast.Option][] = [];
  const own = freshContext(base, 'param', owner);
  const before = base.errors;
  for (const [name, param] of params) {
    if (STAGE_OPTIONS.has(name) || !entry.options.some((option) => option.name.name === name)) continue;
    const option = optionNamed(entry.options, name, entry.label.span, own)!;
    overrides.set(param, option.value);
    set.push([param, option]);
  }
  const world = new World({ ...resolved, overrides }, reporter);
  const ctx = freshContext(world, 'param', owner);
  for (const [param, option] of set) checkKind(param, option, base, ctx);
  checkLabel(entry, ctx);
  const settings = [...params.keys()].filter((name) => !STAGE_OPTIONS.has(name));
  const ofTrain = trainOptions
    .map(({ name }) => name)
    .filter((name) => !STAGE_OPTIONS.has(name) && !params.has(name));
  refuseTrainOptions(entry, ofTrain, ctx);
  const apart = [...settings, ...ofTrain];
  const args = readOptions(ctx, owner, entry.label.span, entry.options, stageOptions, apart)?.args;
  if (!args) return null;
  const { value: label } = entry.label;
  const stage: Stage = { label, start, steps: args.int('steps'), fade: args.int('fade') };
  if (stage.fade > stage.steps) {
    mistake(ctx, argumentValue, {
      at: args.span('fade') ?? entry.label.span,
      facts: {
        call: owner,
        name: 'fade',
        wanted: `at most the ${stage.steps} steps of the stage`,
        given: String(stage.fade),
      },
    });
  }
  return world.errors > 0 || base.errors > before ? null : { stage, resolved: world.resolved };
}

const STAGE_OPTIONS = new Set(stageOptions.map(({ name }) => name));

/** A label is printed and drawn. */
function checkLabel({ label }: ast.Stage, ctx: Context): void {
  if (/^[^\p{C}]{1,60}$/u.test(label.value) && label.value.trim() !== '') return;
  mistake(ctx, argumentValue, {
    at: label.span,
    facts: {
      call: 'stage',
      name: 'the name',
      wanted: 'a short text, such as "16x16"',
      given: JSON.stringify(label.value),
    },
  });
}

/** A param keeps its kind in every stage: what reads it relies on that. */
function checkKind(param: ast.Param, option: ast.Option, base: World, ctx: Context): void {
  const [usual, given] = [paramOf(base, param), paramOf(ctx.world, param)];
  if (usual.kind === 'unknown' || given.kind === 'unknown' || kindOf(usual) === kindOf(given)) return;
  mistake(ctx, argumentValue, {
    at: option.value.span,
    facts: {
      call: ctx.owner,
      name: param.name.name,
      wanted: `${kindOf(usual)}, as the param is`,
      given: inWords(given),
    },
  });
}

function kindOf({ kind }: Value): string {
  switch (kind) {
    case 'number':
    case 'schedule':
      return 'a number';
    case 'none':
    case 'callable':
      return 'a layer';
    case 'boolean':
      return 'true or false';
    default:
      return `a ${kind}`;
  }
}

/** How long a training in stages is, its stages say. */
function refuseSteps(train: ast.Train, ctx: Context): void {
  for (const entry of train.entries) {
    if (entry.kind !== 'option' || entry.name.name !== 'steps') continue;
    mistake(ctx, unknownArgument, {
      at: entry.name.span,
      facts: { call: 'train', noun: 'option', signature: null, problem: 'said elsewhere', name: 'steps' },
    });
  }
}

/** Options of `train` count for all of it; a stage changes one by way of a param. */
function refuseTrainOptions(entry: ast.Stage, names: readonly string[], ctx: Context): void {
  for (const { name } of entry.options) {
    if (!names.includes(name.name)) continue;
    mistake(ctx, unknownArgument, {
      at: name.span,
      facts: { call: ctx.owner, noun: 'option', signature: null, problem: 'not a param', name: name.name },
    });
  }
}

/** A value given with `--set` that every stage replaces would change nothing. */
function refuseIdleSettings(entries: readonly ast.Stage[], ctx: Context): void {
  for (const param of ctx.world.resolved.overrides.keys()) {
    const { name } = param.name;
    const isSet = ({ options }: ast.Stage) => options.some((option) => option.name.name === name);
    if (STAGE_OPTIONS.has(name) || !entries.every(isSet)) continue;
    mistake(ctx, argumentValue, {
      at: param.name.span,
      facts: {
        call: '--set',
        name,
        wanted: 'no value, since every stage has its own',
        given: 'one',
      },
    });
  }
}
