import type { Interval } from '../../3-check/interval.ts';
import type { Argument } from '../../arguments/argument.ts';
import type { Arguments } from '../../arguments/arguments.ts';
import type { Value } from '../../tensor/index.ts';
import type { Layer } from '../layer.ts';
import { inputOfKind } from './rank.ts';
import {
  countWindows,
  paddingArgument,
  paddingFor,
  paddingOf,
  perAxis,
  type Windows,
  zerosAround,
} from './windows.ts';

interface PoolingWords extends Pick<Layer, 'name' | 'summary' | 'documentation' | 'examples'> {
  readonly arguments?: readonly Argument[];
  range(x: Interval, args: Arguments): Interval;
  pool(x: Value, windows: PoolWindows, args: Arguments): Value;
}

export interface PoolWindows {
  readonly window: readonly number[];
  readonly strides: readonly number[];
  readonly padding: readonly (readonly [before: number, after: number])[];
}

/** A layer that makes one number of every window of a channel. */
export function definePooling({ pool, range, arguments: more = [], ...words }: PoolingWords): Layer {
  const { name } = words;
  return {
    ...words,
    inputs: 'one',
    arguments: [
      {
        name: 'size',
        kind: 'int',
        summary: 'size of the window, in pixels; one number per axis as a list',
        default: 2,
        min: 1,
        max: 256,
      },
      {
        name: 'stride',
        kind: 'int',
        summary: 'how far the window moves; none: by its own size, so that windows touch',
        default: null,
        min: 1,
      },
      paddingArgument,
      ...more,
    ],
    shape(query) {
      const x = inputOfKind(query, name, 'map');
      const axes = (x?.length ?? 0) - 1;
      const size = x && perAxis(query, name, 'size', axes);
      const strides = size && (query.args.has('stride') ? perAxis(query, name, 'stride', axes) : size);
      const padding = strides && paddingFor(query, name, axes);
      if (!padding) return null;
      const windows: Windows = { size, strides, dilations: size.map(() => 1), padding };
      const counts = countWindows(query, name, x.slice(0, -1), windows);
      return counts && [...counts, x.at(-1)!];
    },
    range: ([x], args) => range(x!, args),
    lower({ inputs: [x], args }) {
      const axes = x!.shape.length - 2;
      const window = args.perAxis('size', axes);
      const strides = args.has('stride') ? args.perAxis('stride', axes) : window;
      const padding = zerosAround(x!.shape.slice(1, -1), {
        size: window,
        strides,
        dilations: window.map(() => 1),
        padding: paddingOf(args, axes),
      });
      return pool(x!, { window, strides, padding }, args);
    },
  };
}
