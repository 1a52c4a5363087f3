import type { Argument } from '../../arguments/argument.ts';
import type { Arguments } from '../../arguments/arguments.ts';
import { largeKernel } from '../../diagnostics/codes/large-kernel.ts';
import { shuffleChannels } from '../../diagnostics/codes/shuffle-channels.ts';
import * as t from '../../tensor/index.ts';
import type { Layer, ShapeQuery } from '../layer.ts';
import { depthwise, seenByTaps } from './depthwise.ts';
import { inputOfKind } from './rank.ts';
import { biasArgument, biasWeight, kernelWeight, trainedArguments } from './weight-arguments.ts';
import {
  countWindows,
  dilationArgument,
  paddingArgument,
  paddingFor,
  paddingOf,
  perAxis,
  strideArgument,
  type Windows,
  zerosAround,
} from './windows.ts';

/** What tells conv2d from conv3d: their words, and the number of spatial axes. */
export interface ConvolutionWords extends Pick<Layer, 'name' | 'summary' | 'documentation' | 'examples'> {
  readonly axes: 1 | 2 | 3;
}

/** What a convolution over so many axes takes. */
export const KIND_OF_AXES = { 1: 'sequence', 2: 'image', 3: 'clip' } as const;

export const kernelArgument: Argument = {
  name: 'kernel',
  kind: 'int',
  summary: 'size of the window, in pixels; one number per axis as a list',
  default: 3,
  min: 1,
};

export const kernelArguments: readonly Argument[] = [
  { name: 'filters', kind: 'size', summary: 'number of channels that come out', min: 1 },
  kernelArgument,
  strideArgument,
  paddingArgument,
];

export const groupsArgument: Argument = {
  name: 'groups',
  kind: 'int',
  summary: 'channels are cut into so many groups that do not see each other',
  default: 1,
  min: 1,
};

/** A convolution over one, two or three axes. */
export function defineConvolution({ axes, ...words }: ConvolutionWords): Layer {
  const { name } = words;
  return {
    ...words,
    inputs: 'one',
    arguments: [...kernelArguments, biasArgument, dilationArgument, groupsArgument, ...trainedArguments],
    shape(query) {
      const x = inputOfKind(query, name, KIND_OF_AXES[axes]);
      const windows = x && windowsOf(query, name, axes);
      if (!windows || !groupsFit(query, name, x.at(-1)!)) return null;
      warnOfLargeKernel(query, name, windows.size);
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
    keeps: (query) => (isDepthwise(query.inputs[0]!, query.args.int('groups')) ? seenByTaps(query) : 0),
    lower({ inputs: [x], args, weight }) {
      const y = convolved(x!, weight('kernel'), knownWindows(args, axes), args.int('groups'));
      return args.boolean('bias') ? t.add(y, weight('bias')) : y;
    },
  };
}

function convolved(x: t.Value, kernel: t.Value, windows: Windows, groups: number): t.Value {
  if (isDepthwise(x.shape, groups)) {
    const apart = [...kernel.shape.slice(0, -2), groups, kernel.shape.at(-1)! / groups];
    return depthwise(x, t.reshape(kernel, apart), windows);
  }
  const { strides, dilations } = windows;
  const padding = zerosAround(x.shape.slice(1, -1), windows);
  return t.conv(x, kernel, { strides, dilations, padding, groups });
}

/** Whether every channel is a group of its own. */
function isDepthwise(shape: readonly number[], groups: number): boolean {
  return groups > 1 && groups === shape.at(-1);
}

/** The windows of a call whose arguments all fit the number of axes; else null, after a report. */
export function windowsOf(query: ShapeQuery, layer: string, axes: number): Windows | null {
  const size = perAxis(query, layer, 'kernel', axes);
  const strides = perAxis(query, layer, 'stride', axes);
  const dilations = perAxis(query, layer, 'dilation', axes);
  const padding = paddingFor(query, layer, axes);
  return size && strides && dilations && padding && { size, strides, dilations, padding };
}

export function knownWindows(args: Arguments, axes: number): Windows {
  return {
    size: args.perAxis('kernel', axes),
    strides: args.perAxis('stride', axes),
    dilations: args.perAxis('dilation', axes),
    padding: paddingOf(args, axes),
  };
}

/** The widest windows that have been published have 31 pixels; sequences are seen by wider ones. */
const WIDEST = 31;

export function warnOfLargeKernel(query: ShapeQuery, layer: string, size: readonly number[]): void {
  const kernel = Math.max(...size);
  if (size.length === 1 || kernel <= WIDEST) return;
  const stride = Math.max(...query.args.perAxis('stride', size.length));
  query.report(largeKernel, {
    at: query.args.span('kernel') ?? query.span,
    facts: { layer, kernel, stride },
  });
}

export function groupsFit(query: ShapeQuery, layer: string, channels: ReturnType<Arguments['dim']>): boolean {
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
