import { frameCount } from '../diagnostics/codes/frame-count.ts';
import { outputShapeMismatch } from '../diagnostics/codes/output-shape-mismatch.ts';
import { rangeMismatch } from '../diagnostics/codes/range-mismatch.ts';
import { replaceFix } from '../diagnostics/fixes.ts';
import { journeyText } from '../diagnostics/wording.ts';
import type { Span } from '../source/span.ts';
import { endOf } from './body.ts';
import { type Context, mistake } from './context.ts';
import type { Dim } from './dim.ts';
import { covers, type Interval, isBounded } from './interval.ts';
import { loopSuggestion } from './loop-suggestion.ts';
import type { Pair } from './signature-report.ts';
import { sameShape } from './tensors.ts';
import type { TensorPort } from './type-expression.ts';
import type { TensorValue, Walk } from './values.ts';

/** Compares what a network makes with what it promises; sizes such as P in [P, P, 1] are found on the way. */
export function checkOutput(pair: Pair, made: TensorValue, sizes: Map<string, Dim>, ctx: Context): void {
  const { type } = pair.output;
  if (type.kind !== 'tensor') return;
  const wanted = wantedShape(type, made, sizes);
  if (!sameShape(wanted, made.shape)) {
    reportShape(pair, type, wanted, made, ctx);
  } else if (
    type.range &&
    isBounded(made.range) &&
    isBounded(type.range) &&
    !covers(type.range, made.range)
  ) {
    reportRange(pair, type, type.range, made, ctx);
  }
}

/** The promised shape, with open sizes solved from what is made where that is possible. */
function wantedShape(type: TensorPort, made: TensorValue, sizes: Map<string, Dim>): Dim[] {
  type.shape.forEach((pattern, axis) => {
    const actual = type.shape.length === made.shape.length ? made.shape[axis]! : null;
    const open = [...pattern.names].filter((name) => !sizes.has(name));
    if (!actual || open.length !== 1) return;
    const equation = pattern.linearIn(open[0]!);
    const solved =
      equation && actual.value !== null ? (actual.value - equation.offset) / equation.factor : null;
    if (solved !== null && Number.isInteger(solved) && solved >= 1) {
      sizes.set(open[0]!, actual.minus(actual).plus(solved));
    }
  });
  return type.shape.map((size) => size.substitute(sizes) ?? size);
}

/** A step of the walk that changes the height of a map, or the frames of a clip. */
export interface Change {
  readonly span: Span;
  readonly heights: readonly Dim[];
  readonly loop: Walk['loop'];
}

function changesOn(walk: Walk | null, rank: number, axis = rank >= 3 ? rank - 3 : 0): Change[] {
  const changes: Change[] = [];
  for (let step = walk; step; step = step.previous) {
    const shapes = [step.from, ...step.to].filter((shape) => shape.length === rank);
    if (rank < 2 || shapes.length < 2) continue;
    const heights = shapes
      .map((shape) => shape[axis]!)
      .filter((size, index, all) => index === 0 || !size.equals(all[index - 1]!));
    if (heights.length > 1) changes.unshift({ span: step.span, heights, loop: step.loop });
  }
  return changes;
}

function reportShape(
  pair: Pair,
  type: TensorPort,
  wanted: readonly Dim[],
  made: TensorValue,
  ctx: Context,
): void {
  const spatial = (shape: readonly Dim[]) => shape.slice(0, -1).join();
  const isWay = wanted.length === made.shape.length && spatial(wanted) !== spatial(made.shape);
  const isClip = made.shape.length === 4 && isWay;
  const onlyFrames = isClip && wanted.slice(1).join() === made.shape.slice(1).join();
  const changes = isWay ? changesOn(made.walk, made.shape.length, onlyFrames ? 0 : undefined) : [];
  const loops = changes.filter((change) => change.loop === 'for');
  const main = loops[loops.length - 1] ?? changes[changes.length - 1];
  const others = changes.filter((change) => change !== main).slice(-4);
  const places = {
    at: main?.span ?? endOf(pair.expr).span,
    also: { declared: type.span },
    extra: others.map(({ span, heights }) => ({ span, text: `${journeyText(heights)} here` })),
  };
  if (onlyFrames) {
    mistake(ctx, frameCount, {
      ...places,
      facts: {
        problem: 'made',
        network: ctx.owner,
        made: made.shape[0]!,
        wantedName: type.field,
        wanted: wanted[0]!,
        journey: main?.heights ?? [],
      },
    });
    return;
  }
  mistake(ctx, outputShapeMismatch, {
    ...places,
    facts: {
      network: ctx.owner,
      made: made.shape,
      wantedName: type.field,
      wanted,
      because: type.because,
      journey: main?.heights ?? [],
      suggestion: main ? loopSuggestion(pair.expr, main, made.shape, wanted, ctx) : null,
    },
  });
}

function reportRange(pair: Pair, type: TensorPort, wanted: Interval, made: TensorValue, ctx: Context): void {
  const end = endOf(pair.expr);
  const node = made.graph?.nodes[made.node];
  const layer = node?.op.kind === 'layer' ? node.op.layer.name : null;
  const fed = node?.inputs.length === 1 ? made.graph!.nodes[node.inputs[0]!]!.op : null;
  const ending = endingFor(wanted);
  // Only a step that is written here can be exchanged here.
  const isStep = layer !== null && end.kind === 'ref' && end.path[0]!.name === layer;
  mistake(ctx, rangeMismatch, {
    at: end.span,
    facts: {
      network: ctx.owner,
      made: made.range,
      wantedName: type.field,
      wanted,
      layer: layer ?? 'this',
      before: fed?.kind === 'layer' ? fed.layer.name : null,
    },
    also: type.rangeSpan ? { declared: type.rangeSpan } : {},
    fixes:
      isStep && ending && ending !== layer ? [replaceFix(`End with ${ending}`, end.span, ending, true)] : [],
  });
}

function endingFor({ low, high }: Interval): string | null {
  if (low === -1 && high === 1) return 'tanh';
  return low === 0 && high === 1 ? 'sigmoid' : null;
}
