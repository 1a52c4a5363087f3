import type * as ast from '../1-parse/ast.ts';
import { argumentValue } from '../diagnostics/codes/argument-value.ts';
import { duplicateName } from '../diagnostics/codes/duplicate-name.ts';
import { lossNotScalar } from '../diagnostics/codes/loss-not-scalar.ts';
import { unknownName } from '../diagnostics/codes/unknown-name.ts';
import { renameFix } from '../diagnostics/fixes.ts';
import { nearest } from '../diagnostics/nearest.ts';
import type { Span } from '../source/span.ts';
import type { Bound } from './bind.ts';
import { updateOptions } from './block-options.ts';
import { type Context, mistake } from './context.ts';
import { evaluate } from './expression.ts';
import { checkBatch } from './limits.ts';
import type { ScheduledNumber, UpdatePlan } from './model.ts';
import { networkOf } from './network.ts';
import { optionNamed, readOptions } from './options.ts';
import { PathScope } from './path-scope.ts';
import { textAt } from './source-text.ts';
import { nodeIn, numberTensor } from './tensors.ts';
import { inWords, type OptimizerValue } from './values.ts';

/** One `update` of `train`, which has `batch` examples unless it says otherwise; null after a mistake in it. */
export function readUpdate(update: ast.Update, batch: number, train: Context): UpdatePlan | null {
  const written = update.networks.map((network) => network.name);
  const owner = `update ${written.join(', ')}`;
  // A second update of the same networks is `D.2`.
  const place = train.path.claim(`update.${written.join('+')}`);
  const name = place.slice(place.indexOf('update.') + 'update.'.length);
  const path = new PathScope(place);
  const ctx: Context = { ...train, owner, path };
  const isKnown = checkNetworks(update, ctx);
  const last = update.networks[update.networks.length - 1]!;
  const span = { ...update.span, end: last.span.end };
  const own = readOptions(ctx, owner, span, update.options, updateOptions, ['loss', 'optimizer']);
  const loss = readLoss(update, span, ctx);
  const optimizer = readOptimizer(update, span, ctx);
  if (own?.args.has('batch')) checkBatch(own.args.int('batch'), own.args.span('batch') ?? span, ctx);
  if (!own || loss === null || !optimizer || !isKnown) return null;
  const options = new Map<string, ScheduledNumber | boolean | string>();
  for (const [option, value] of optimizer.args.entries()) {
    if (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'string') {
      options.set(option, value);
    }
  }
  for (const [option, schedule] of optimizer.schedules) options.set(option, schedule);
  return {
    name,
    networks: written,
    loss,
    optimizer: { optimizer: optimizer.optimizer, options },
    batch: own.args.has('batch') ? own.args.int('batch') : batch,
    unroll: own.args.int('unroll'),
    times: scheduled(own, 'times')!,
    ema: scheduled(own, 'ema'),
    clip: {
      norm: scheduled(own, 'clip_norm'),
      gradients: scheduled(own, 'clip_gradients'),
      weights: scheduled(own, 'clip_weights'),
    },
    span,
  };
}

function scheduled({ args, schedules }: Bound, name: string): ScheduledNumber | null {
  return schedules.get(name) ?? (args.has(name) ? args.number(name) : null);
}

function checkNetworks(update: ast.Update, ctx: Context): boolean {
  const { world } = ctx;
  const { graphs, lost } = world.resolved.names;
  const known = [...graphs.values()].filter((graph) => graph.role !== 'module');
  let sound = true;
  const seen = new Map<string, Span>();
  for (const { name, span } of update.networks) {
    const first = seen.get(name);
    if (first) mistake(ctx, duplicateName, { at: span, facts: { name }, also: { first } });
    seen.set(name, span);
    const graph = graphs.get(name);
    if (graph && graph.role !== 'module') {
      if (!networkOf(world, graph)) sound = false;
      continue;
    }
    sound = false;
    if (lost.has(name)) continue;
    if (world.resolved.names.pretrained.has(name)) {
      const facts = {
        call: 'update',
        name: 'the network',
        wanted: 'one to train',
        given: `${name}, which is pretrained and frozen`,
      };
      mistake(ctx, argumentValue, { at: span, facts });
      continue;
    }
    const names = known.map((graph) => graph.name.name);
    const suggestion = nearest(name, names);
    mistake(ctx, unknownName, {
      at: span,
      facts: { name, kind: 'network', suggestion, known: names },
      fixes: suggestion ? [renameFix(span, suggestion)] : [],
    });
  }
  return sound;
}

/** The node of the loss, which must be one number for the batch. */
function readLoss(update: ast.Update, span: Span, ctx: Context): number | null {
  const option = optionNamed(update.options, 'loss', span, ctx);
  if (!option) return null;
  const { value: expr } = option;
  const value = evaluate(expr, ctx);
  if (value.kind === 'unknown') return null;
  if (value.kind === 'number') return nodeIn(ctx, numberTensor(ctx, value.value, expr.span));
  if (value.kind !== 'tensor' || value.label) {
    mistake(ctx, argumentValue, {
      at: expr.span,
      facts: {
        call: ctx.owner,
        name: 'loss',
        wanted: 'one number, such as mean(D(fake))',
        given: inWords(value),
        instead: value.kind === 'record' ? 'add what there is for each of them, with total(…)' : null,
      },
    });
    return null;
  }
  if (value.batched || value.shape.length > 0) {
    const text = textAt(ctx.world, expr.span);
    mistake(ctx, lossNotScalar, {
      at: expr.span,
      facts: { owner: ctx.owner, shape: value.shape, written: text },
      fixes: [
        {
          title: 'Take the mean',
          edits: [
            { span: { ...expr.span, end: expr.span.start }, text: 'mean(' },
            { span: { ...expr.span, start: expr.span.end }, text: ')' },
          ],
          safe: true,
        },
      ],
    });
    return null;
  }
  return nodeIn(ctx, value);
}

function readOptimizer(update: ast.Update, span: Span, ctx: Context): OptimizerValue | null {
  const option = optionNamed(update.options, 'optimizer', span, ctx);
  if (!option) return null;
  const value = evaluate(option.value, { ...ctx, wanted: 'optimizer' });
  if (value.kind === 'optimizer') return value;
  if (value.kind !== 'unknown') {
    mistake(ctx, argumentValue, {
      at: option.value.span,
      facts: {
        call: ctx.owner,
        name: 'optimizer',
        wanted: 'an optimizer, such as adam(lr: 2e-4)',
        given: inWords(value),
      },
    });
  }
  return null;
}
