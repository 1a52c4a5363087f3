import { Dim } from '../../3-check/dim.ts';
import type { Argument } from '../../arguments/argument.ts';
import type { Arguments } from '../../arguments/arguments.ts';
import { argumentValue } from '../../diagnostics/codes/argument-value.ts';
import { shuffleChannels } from '../../diagnostics/codes/shuffle-channels.ts';
import { sizeCollapsed } from '../../diagnostics/codes/size-collapsed.ts';
import * as t from '../../tensor/index.ts';
import type { Layer, ShapeQuery } from '../layer.ts';
import { inputOfKind } from './rank.ts';
import {
  biasArgument,
  biasWeight,
  constraintArgument,
  initArgument,
  kernelWeight,
} from './weight-arguments.ts';
import {
  countWindows,
  dilationArgument,
  paddingArgument,
  paddingFor,
  paddingIsWithin,
  paddingOf,
  perAxis,
  strideArgument,
  type Windows,
  zerosAround,
} from './windows.ts';

/** What tells conv2d from conv3d: their words, and the number of spatial axes. */
export interface ConvolutionWords extends Pick<Layer, 'name' | 'summary' | 'documentation' | 'examples'> {
  readonly axes: 2 | 3;
}

export const kernelArguments: readonly Argument[] = [
  { name: 'filters', kind: 'size', summary: 'number of channels that come out', min: 1 },
  {
    name: 'kernel',
    kind: 'int',
    summary: 'size of the window, in pixels; one number per axis as a list',
    default: 3,
    min: 1,
  },
  strideArgument,
  paddingArgument,
];

const groupsArgument: Argument = {
  name: 'groups',
  kind: 'int',
  summary: 'channels are cut into so many groups that do not see each other',
  default: 1,
  min: 1,
};

/** A convolution over two or three axes. */
export function defineConvolution({ axes, ...words }: ConvolutionWords): Layer {
  const { name } = words;
  return {
    ...words,
    inputs: 'one',
    arguments: [
      ...kernelArguments,
      biasArgument,
      dilationArgument,
      groupsArgument,
      initArgument,
      constraintArgument,
    ],
    shape(query) {
      const x = inputOfKind(query, name, axes === 2 ? 'image' : 'clip');
      const windows = x && windowsOf(query, name, axes);
      if (!windows || !groupsFit(query, name, x.at(-1)!)) return null;
      const counts = countWindows(query, name, x.slice(0, -1), windows);
      return counts && [...counts, query.args.dim('filters')];
    },
    weights([x], args) {
      const filters = args.int('filters');
      const kernel = args.perAxis('kernel', axes);
      const channels = x!.at(-1)! / args.int('groups');
      const window = t.sizeOf(kernel);
      const fans = { fanIn: window * channels, fanOut: window * filters };
      return [kernelWeight(args, [...kernel, channels, filters], fans), ...biasWeight(args, filters)];
    },
    lower({ inputs: [x], args, weight }) {
      const windows = knownWindows(args, axes);
      const y = t.conv(x!, weight('kernel'), {
        strides: windows.strides,
        dilations: windows.dilations,
        padding: zerosAround(x!.shape.slice(1, -1), windows),
        groups: args.int('groups'),
      });
      return args.boolean('bias') ? t.add(y, weight('bias')) : y;
    },
  };
}

/** The windows of a call whose arguments all fit the number of axes; else null, after a report. */
function windowsOf(query: ShapeQuery, layer: string, axes: number): Windows | null {
  const size = perAxis(query, layer, 'kernel', axes);
  const strides = perAxis(query, layer, 'stride', axes);
  const dilations = perAxis(query, layer, 'dilation', axes);
  const padding = paddingFor(query, layer, axes);
  return size && strides && dilations && padding && { size, strides, dilations, padding };
}

function knownWindows(args: Arguments, axes: number): Windows {
  return {
    size: args.perAxis('kernel', axes),
    strides: args.perAxis('stride', axes),
    dilations: args.perAxis('dilation', axes),
    padding: paddingOf(args, axes),
  };
}

function groupsFit(query: ShapeQuery, layer: string, channels: ReturnType<Arguments['dim']>): boolean {
  const groups = query.args.int('groups');
  const filters = query.args.dim('filters');
  for (const [which, count] of [
    ['input', channels],
    ['filters', filters],
  ] as const) {
    if (count.over(groups)) continue;
    query.report(shuffleChannels, {
      facts: { layer: `${layer} with groups: ${groups}`, channels: count, divisor: groups, which },
    });
    return false;
  }
  return true;
}

/** A transposed convolution over two or three axes. */
export function defineTransposedConvolution({ axes, ...words }: ConvolutionWords): Layer {
  const { name } = words;
  return {
    ...words,
    inputs: 'one',
    arguments: [
      ...kernelArguments,
      {
        name: 'output_padding',
        kind: 'int',
        summary: 'rows added at the end, less than the stride; not with padding: "same"',
        default: 0,
        min: 0,
      },
      biasArgument,
      initArgument,
      constraintArgument,
    ],
    shape(query) {
      const x = inputOfKind(query, name, axes === 2 ? 'image' : 'clip');
      const size = x && perAxis(query, name, 'kernel', axes);
      const strides = size && perAxis(query, name, 'stride', axes);
      const extra = strides && perAxis(query, name, 'output_padding', axes);
      const padding = extra && paddingFor(query, name, axes);
      if (!padding || !extraFits(query, name, extra, strides, padding === 'same')) return null;
      if (!paddingIsWithin(query, name, padding, size)) return null;
      const lengths = x.slice(0, -1).map((length, axis) => {
        const stride = strides[axis]!;
        if (padding === 'same') return length.times(stride);
        const [before, after] = padding === 'valid' ? [0, 0] : padding[axis]!;
        return length
          .minus(1)
          .times(stride)
          .plus(size[axis]! + extra[axis]! - before - after);
      });
      if (lengths.some(({ value }) => value !== null && value < 1)) {
        return query.report(sizeCollapsed, {
          facts: { layer: name, given: x.slice(0, -1), window: size.map(Dim.of) },
        });
      }
      return [...lengths, query.args.dim('filters')];
    },
    weights([x], args) {
      const filters = args.int('filters');
      const kernel = args.perAxis('kernel', axes);
      const channels = x!.at(-1)!;
      const window = t.sizeOf(kernel);
      const fans = { fanIn: window * channels, fanOut: window * filters };
      return [
        { ...kernelWeight(args, [...kernel, filters, channels], fans), outputAxis: axes },
        ...biasWeight(args, filters),
      ];
    },
    lower({ inputs: [x], args, weight }) {
      const kernel = weight('kernel');
      const size = args.perAxis('kernel', axes);
      const strides = args.perAxis('stride', axes);
      const extra = args.perAxis('output_padding', axes);
      const padding = paddingOf(args, axes);
      // It is the input gradient of the convolution that goes the other way, from large to small.
      const pads = size.map((taps, axis) => {
        if (padding === 'valid') return [0, 0] as const;
        if (padding !== 'same') return padding[axis]!;
        const total = Math.max(taps - strides[axis]!, 0);
        return [Math.floor(total / 2), Math.ceil(total / 2)] as const;
      });
      const lengths = x!.shape.slice(1, -1).map((length, axis) => {
        const stride = strides[axis]!;
        if (padding === 'same') return length * stride;
        const [before, after] = pads[axis]!;
        return (length - 1) * stride + size[axis]! + extra[axis]! - before - after;
      });
      const inputShape = [x!.shape[0]!, ...lengths, args.int('filters')];
      const y = t.convInputGrad(x!, kernel, { inputShape, strides, padding: pads });
      return args.boolean('bias') ? t.add(y, weight('bias')) : y;
    },
  };
}

/** `output_padding` says which of the sizes that the convolution would round down to this one is meant. */
function extraFits(
  query: ShapeQuery,
  layer: string,
  extra: readonly number[],
  strides: readonly number[],
  isSame: boolean,
): boolean {
  const fits = extra.every((rows, axis) => rows === 0 || (!isSame && rows < strides[axis]!));
  if (!fits) {
    query.report(argumentValue, {
      at: query.args.span('output_padding') ?? query.span,
      facts: {
        call: layer,
        name: 'output_padding',
        wanted: isSame ? '0, since padding: "same" settles the size' : 'a number below the stride',
        given:
          extra.length > 0 && extra.every((rows) => rows === extra[0])
            ? `${extra[0]}`
            : `[${extra.join(', ')}]`,
      },
    });
  }
  return fits;
}
