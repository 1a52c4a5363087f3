import type * as ast from '../1-parse/ast.ts';
import { argumentValue } from '../diagnostics/codes/argument-value.ts';
import { unknownName } from '../diagnostics/codes/unknown-name.ts';
import { renameFix } from '../diagnostics/fixes.ts';
import { nearest } from '../diagnostics/nearest.ts';
import { listText } from '../diagnostics/wording.ts';
import { intervalOf } from '../regularizers/every.ts';
import { trainOptions } from './block-options.ts';
import { type Context, freshContext, mistake } from './context.ts';
import { evaluate } from './expression.ts';
import { GraphBuilder } from './graph-builder.ts';
import { checkBatch } from './limits.ts';
import type { Training, UpdatePlan } from './model.ts';
import { readOptions } from './options.ts';
import { PathScope } from './path-scope.ts';
import { Scope } from './scope.ts';
import { placeStates, readNext, readStart, stateTensor } from './state.ts';
import { nodeIn } from './tensors.ts';
import { readUpdate } from './update.ts';
import type { World } from './world.ts';

/** The `train` block; null after a mistake in it, or in anything that it may use. */
export function readTraining(world: World, train: ast.Train): Training | null {
  const graph = new GraphBuilder(true);
  const scope = new Scope();
  const ctx: Context = {
    ...freshContext(world, 'train', 'train'),
    scope,
    graph,
    path: new PathScope('train'),
    top: true,
  };
  checkDatasets(train, ctx);
  const options = train.entries.filter((entry) => entry.kind === 'option');
  const span = { ...train.span, end: train.span.start + 'train'.length };
  const args = readOptions(ctx, 'train', span, options, trainOptions, [])?.args;
  if (args) checkBatch(args.int('batch'), args.span('batch') ?? span, ctx);
  const stateEntries = train.entries.filter((entry) => entry.kind === 'state');
  const starts = stateEntries.map((entry) => readStart(entry, ctx));
  for (const [index, entry] of stateEntries.entries()) {
    scope.set(entry.name.name, stateTensor(entry, starts[index]!, ctx), entry.name.span);
  }
  // What is bound is bound for all updates, wherever it stands.
  for (const entry of train.entries) {
    if (entry.kind !== 'binding') continue;
    const { name, span: place } = entry.name;
    scope.set(name, evaluate(entry.value, { ...ctx, path: ctx.path.binding(name) }), place);
  }
  const updates = train.entries.flatMap((entry) => {
    const plan = entry.kind === 'update' ? readUpdate(entry, args?.int('batch') ?? 1, ctx) : null;
    if (plan && entry.kind === 'update' && args?.string('draw') === 'shared') {
      checkShared(plan, entry, args.int('batch'), ctx);
    }
    return plan ? [plan] : [];
  });
  const states = stateEntries.flatMap((entry, index) => {
    const { name } = entry.name;
    const [start, next] = [starts[index]!, readNext(entry, { ...ctx, path: ctx.path.binding(name) })];
    return start === null || next === null ? [] : [{ name, start, next }];
  });
  checkIntervals(graph, ctx);
  // A broken module gives tensors that no node stands for, so nothing may walk a graph that uses one.
  if (world.reporter.hasErrors || !args) return null;
  return {
    on: train.on.map((name) => name.name),
    batch: args.int('batch'),
    ...lengthOf(world, args.int('steps')),
    init: args.call('init'),
    draw: args.string('draw') as Training['draw'],
    graph: graph.nodes,
    bindings: new Map([...boundTensors(scope, ctx)]),
    states: placeStates(states, updates, graph.nodes),
    updates,
    span: train.span,
  };
}

/** How long it is: as long as its stages are, or from its first step to its last. */
function lengthOf({ plan }: World, steps: number): Pick<Training, 'steps' | 'stage'> {
  return plan ?? { steps, stage: { label: null, start: 0, steps, fade: 0 } };
}

/** Programs are written for all intervals that can be due together, so there may be few of them. */
const MOST_INTERVALS = 3;

function checkIntervals({ nodes }: GraphBuilder, ctx: Context): void {
  const found = new Set<number>();
  for (const { op, span, trace } of nodes) {
    if (!('penalty' in op)) continue;
    const every = intervalOf(op.args);
    if (every === 1 || found.has(every)) continue;
    if (found.size < MOST_INTERVALS) found.add(every);
    else {
      const known = listText([...found].map(String), 'or');
      mistake({ ...ctx, trace }, argumentValue, {
        at: op.args.span('every') ?? span,
        facts: {
          call: op.penalty.name,
          name: 'every',
          wanted: `an interval that another penalty has already, ${known}, since there may be ${MOST_INTERVALS}`,
          given: String(every),
        },
      });
    }
  }
}

/** With one draw for all updates of a step there is nothing to repeat an update on, and one number of examples. */
function checkShared(plan: UpdatePlan, update: ast.Update, batch: number, ctx: Context): void {
  const call = `update ${plan.networks.join(', ')}`;
  const refuse = (name: 'batch' | 'times', only: number, why: string) => {
    const option = update.options.find((one) => one.name.name === name);
    const value = plan[name];
    if (value === only || !option) return;
    const given = typeof value === 'number' ? String(value) : `the schedule ${value.schedule.name}`;
    const wanted = `${only}, since \`draw: shared\` ${why}`;
    mistake(ctx, argumentValue, {
      at: option.value.span,
      facts: { call, name, wanted, given },
    });
  };
  refuse('times', 1, 'moves all networks at once');
  refuse('batch', batch, 'shows all networks the same examples');
}

function checkDatasets(train: ast.Train, ctx: Context): void {
  const { datasets, lost } = ctx.world.resolved.names;
  const known = [...datasets.keys()];
  for (const { name, span } of train.on) {
    if (known.includes(name) || lost.has(name)) continue;
    const suggestion = nearest(name, known);
    mistake(ctx, unknownName, {
      at: span,
      facts: { name, kind: 'dataset', suggestion, known },
      fixes: suggestion ? [renameFix(span, suggestion)] : [],
    });
  }
}

function* boundTensors(scope: Scope, ctx: Context): Iterable<[string, number]> {
  for (const [name, value] of scope.entries()) {
    if (value.kind === 'tensor') yield [name, nodeIn(ctx, value)];
  }
}
