import type { Dim } from '../../3-check/dim.ts';
import { type Interval, union } from '../../3-check/interval.ts';
import type { Argument } from '../../arguments/argument.ts';
import { Arguments, type CallValue } from '../../arguments/arguments.ts';
import { argumentValue } from '../../diagnostics/codes/argument-value.ts';
import { networkTooLarge } from '../../diagnostics/codes/network-too-large.ts';
import * as t from '../../tensor/index.ts';
import type { Layer, LowerQuery, ShapeQuery, WeightDeclaration } from '../layer.ts';
import { inputOfKind } from './rank.ts';
import { kernelWeight, trainedArguments } from './weight-arguments.ts';
import { perAxis } from './windows.ts';

/** Layers that go over the frames of a sequence or clip one after the other: every frame is written out. */

const MOST_FRAMES = 1000;

/** What a cell carries from frame to frame; its hidden state is what the layer gives. */
export interface Carried {
  readonly hidden: t.Value;
  readonly memory: t.Value;
}

/** What a state of the size of the hidden one makes, cut into gates: all of them, or those from `first` to before `end`. */
export type Hold = (state: t.Value, first?: number, end?: number) => readonly t.Value[];

export interface RecurrentWords extends Pick<Layer, 'name' | 'summary' | 'documentation' | 'examples'> {
  readonly kind: 'sequence' | 'clip';
  /** Name and summary of how much comes out per place: `units`, `filters`. */
  readonly size: Pick<Argument, 'name' | 'summary'>;
  /** How many numbers a cell makes of its input and of its hidden state, for every number that it gives. */
  readonly gates: number;
  /** Further arguments of the cell. */
  readonly arguments: readonly Argument[];
  /** What comes out: no further from 0 than 1, unless it says otherwise. */
  readonly range?: (args: Arguments) => Interval;
  /** One frame. `given` is what the input makes, cut into gates; `hold` makes the same of a hidden state. */
  step(before: Carried, given: readonly t.Value[], hold: Hold, args: Arguments): Carried;
}

export const recurrentBiasArgument = (byDefault: boolean): Argument => ({
  name: 'recurrent_bias',
  kind: 'boolean',
  summary: 'whether what the hidden state makes has a bias of its own',
  default: byDefault,
});

const ORTHOGONAL: CallValue = { name: 'orthogonal', arguments: new Arguments(new Map()) };

export function defineRecurrent({
  kind,
  size,
  gates,
  step,
  range = () => ({ low: -1, high: 1 }),
  arguments: own,
  ...words
}: RecurrentWords): Layer {
  const { name } = words;
  const axes = kind === 'clip' ? 2 : 0;
  const windowOf = (args: Arguments) => (axes === 0 ? [] : args.perAxis('kernel', axes));
  return {
    ...words,
    inputs: 'one',
    sides: [
      {
        name: 'initial',
        summary: 'the hidden state before the first frame; none: 0',
        takes: 'tensor',
        optional: true,
      },
    ],
    arguments: [
      { ...size, kind: 'size', min: 1 },
      ...own,
      {
        name: 'output',
        kind: 'choice',
        summary: 'the hidden states of all frames, or that of the last',
        default: 'all',
        choices: ['all', 'last'],
      },
      ...trainedArguments,
    ],
    shape(query) {
      const x = inputOfKind(query, name, kind);
      if (!x || !frameCountFits(query, name, x[0]!)) return null;
      const frame = [...x.slice(1, -1), query.args.dim(size.name)];
      if (!initialFits(query, name, frame) || !windowFits(query, name, axes)) return null;
      return query.args.string('output') === 'all' ? [x[0]!, ...frame] : frame;
    },
    range: ([, initial], args) => {
      const cell = range(args);
      return initial ? union(initial, cell) : cell;
    },
    weights([x], args) {
      const count = args.int(size.name);
      const window = windowOf(args);
      const places = t.sizeOf(window);
      const bias = (which: string): WeightDeclaration => ({
        name: which,
        shape: [gates * count],
        kind: 'weight',
        initial: { kind: 'constant', value: 0 },
      });
      const kernel = (which: string, channels: number, own = args.call('init')) =>
        kernelWeight(
          args,
          [...window, channels, gates * count],
          { fanIn: places * channels, fanOut: places * gates * count },
          which,
          own,
        );
      return [
        kernel('kernel', x!.at(-1)!),
        kernel('recurrent', count, args.call('init') ?? ORTHOGONAL),
        bias('bias'),
        ...(args.boolean('recurrent_bias') ? [bias('recurrent_bias')] : []),
      ];
    },
    // Of every gate what went into its function, what came out, and the product that it is part of.
    keeps: ({ inputs: [x], args }) => 3 * gates * t.sizeOf(x!.slice(0, -1)) * args.int(size.name),
    lower: (query) =>
      unrolled(
        query,
        gates,
        step,
        windowOf(query.args).map((taps) => (taps - 1) / 2),
      ),
  };
}

function frameCountFits(query: ShapeQuery, layer: string, frames: Dim): boolean {
  if (frames.value === null || frames.value <= MOST_FRAMES) return true;
  query.report(networkTooLarge, {
    facts: { what: layer, amount: `${frames} frames, one after the other`, limit: `${MOST_FRAMES}` },
  });
  return false;
}

function initialFits(query: ShapeQuery, layer: string, frame: readonly Dim[]): boolean {
  const initial = query.inputs[1];
  if (!initial || (initial.length === frame.length && initial.every((size, at) => size.equals(frame[at]!)))) {
    return true;
  }
  query.report(argumentValue, {
    at: query.inputSpans[1]!,
    facts: {
      call: layer,
      name: 'initial',
      wanted: `a tensor of shape [${frame.join(', ')}]`,
      given: `[${initial.join(', ')}]`,
    },
  });
  return false;
}

/** The map keeps its size from frame to frame, so that a window has a middle. */
function windowFits(query: ShapeQuery, layer: string, axes: number): boolean {
  if (axes === 0) return true;
  const window = perAxis(query, layer, 'kernel', axes);
  if (!window) return false;
  if (window.every((taps) => taps % 2 === 1)) return true;
  query.report(argumentValue, {
    at: query.args.span('kernel') ?? query.span,
    facts: { call: layer, name: 'kernel', wanted: 'odd numbers', given: `[${window.join(', ')}]` },
  });
  return false;
}

function unrolled(
  { builder, inputs: [x, initial], args, weight }: LowerQuery,
  gates: number,
  step: RecurrentWords['step'],
  margins: readonly number[],
): t.Value {
  const [batch, frames, ...rest] = x!.shape as [number, number, ...number[]];
  const size = weight('recurrent').shape.at(-1)! / gates;
  const frame = [batch, ...rest.slice(0, -1), size];
  const padding = margins.map((margin) => [margin, margin] as const);
  const project = (value: t.Value, kernel: t.Value) =>
    margins.length === 0 ? t.matmul(value, kernel) : t.conv(value, kernel, { padding });
  // What the input makes of all frames is computed at once.
  const made = t.add(project(t.reshape(x!, [batch * frames, ...rest]), weight('kernel')), weight('bias'));
  const apart = t.reshape(made, [batch, frames, ...made.shape.slice(1)]);
  const partOf = (value: t.Value, first: number, end: number) =>
    t.slice(
      value,
      value.shape.map(() => 0).with(-1, first * size),
      value.shape.with(-1, (end - first) * size),
    );
  const cut = (value: t.Value) =>
    Array.from({ length: value.shape.at(-1)! / size }, (_, gate) => partOf(value, gate, gate + 1));
  const hold: Hold = (state, first = 0, end = gates) => {
    const part = (name: string) => (end - first === gates ? weight(name) : partOf(weight(name), first, end));
    const held = project(state, part('recurrent'));
    return cut(args.boolean('recurrent_bias') ? t.add(held, part('recurrent_bias')) : held);
  };
  const zero = t.constant(builder, 0, frame);
  let carried: Carried = { hidden: initial ?? zero, memory: zero };
  const all: t.Value[] = [];
  for (let at = 0; at < frames; at++) {
    const begin = apart.shape.map(() => 0).with(1, at);
    const given = t.reshape(t.slice(apart, begin, apart.shape.with(1, 1)), [...frame.with(-1, gates * size)]);
    carried = step(carried, cut(given), hold, args);
    all.push(t.reshape(carried.hidden, [batch, 1, ...frame.slice(1)]));
  }
  return args.string('output') === 'all' ? t.concat(all, 1) : carried.hidden;
}
