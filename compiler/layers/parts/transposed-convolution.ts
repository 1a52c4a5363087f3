import { Dim } from '../../3-check/dim.ts';
import type { Arguments } from '../../arguments/arguments.ts';
import { argumentValue } from '../../diagnostics/codes/argument-value.ts';
import { sizeCollapsed } from '../../diagnostics/codes/size-collapsed.ts';
import * as t from '../../tensor/index.ts';
import type { Layer, ShapeQuery } from '../layer.ts';
import {
  type ConvolutionWords,
  groupsArgument,
  groupsFit,
  KIND_OF_AXES,
  kernelArguments,
  warnOfLargeKernel,
} from './convolution.ts';
import { inputOfKind } from './rank.ts';
import { biasArgument, biasWeight, kernelWeight, trainedArguments } from './weight-arguments.ts';
import { dilationArgument, paddingFor, paddingIsWithin, paddingOf, perAxis } from './windows.ts';

/** A transposed convolution over one, two or three axes. */
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
      dilationArgument,
      groupsArgument,
      ...trainedArguments,
    ],
    shape(query) {
      const x = inputOfKind(query, name, KIND_OF_AXES[axes]);
      const size = x && perAxis(query, name, 'kernel', axes);
      const strides = size && perAxis(query, name, 'stride', axes);
      const dilations = strides && perAxis(query, name, 'dilation', axes);
      const extra = dilations && perAxis(query, name, 'output_padding', axes);
      const padding = extra && paddingFor(query, name, axes);
      if (!padding || !extraFits(query, name, extra, strides, padding === 'same')) return null;
      if (!groupsFit(query, name, x.at(-1)!)) return null;
      warnOfLargeKernel(query, name, size!);
      const { reach, pads } = painted(query.args, axes);
      if (!paddingIsWithin(query, name, padding, reach)) return null;
      const lengths = x.slice(0, -1).map((length, axis) => {
        const stride = strides[axis]!;
        if (padding === 'same') return length.times(stride);
        const [before, after] = pads[axis]!;
        return length
          .minus(1)
          .times(stride)
          .plus(reach[axis]! + extra[axis]! - before - after);
      });
      if (lengths.some(({ value }) => value !== null && value < 1)) {
        return query.report(sizeCollapsed, {
          facts: { layer: name, given: x.slice(0, -1), window: reach.map(Dim.of) },
        });
      }
      return [...lengths, query.args.dim('filters')];
    },
    weights([x], args) {
      const filters = args.int('filters');
      const kernel = args.perAxis('kernel', axes);
      const channels = x!.at(-1)!;
      const window = t.sizeOf(kernel) / args.int('groups');
      const fans = { fanIn: window * channels, fanOut: window * filters };
      const shape = [...kernel, filters / args.int('groups'), channels];
      return [{ ...kernelWeight(args, shape, fans), outputAxis: axes }, ...biasWeight(args, filters)];
    },
    lower({ inputs: [x], args, weight }) {
      const kernel = weight('kernel');
      const strides = args.perAxis('stride', axes);
      const dilations = args.perAxis('dilation', axes);
      const extra = args.perAxis('output_padding', axes);
      const { reach, pads } = painted(args, axes);
      const lengths = x!.shape.slice(1, -1).map((length, axis) => {
        const stride = strides[axis]!;
        if (args.raw('padding') === 'same') return length * stride;
        const [before, after] = pads[axis]!;
        return (length - 1) * stride + reach[axis]! + extra[axis]! - before - after;
      });
      const inputShape = [x!.shape[0]!, ...lengths, args.int('filters')];
      // It is the input gradient of the convolution that goes the other way, from large to small.
      const options = { inputShape, strides, dilations, padding: pads, groups: args.int('groups') };
      const y = t.convInputGrad(x!, kernel, options);
      return args.boolean('bias') ? t.add(y, weight('bias')) : y;
    },
  };
}

/** How far a painted window reaches along each axis, and how much is cut off the canvas at its two ends. */
function painted(args: Arguments, axes: number) {
  const strides = args.perAxis('stride', axes);
  const dilations = args.perAxis('dilation', axes);
  const padding = paddingOf(args, axes);
  const reach = args.perAxis('kernel', axes).map((taps, axis) => (taps - 1) * dilations[axis]! + 1);
  const pads = reach.map((length, axis) => {
    if (padding === 'valid') return [0, 0] as const;
    if (padding !== 'same') return padding[axis]!;
    const total = Math.max(length - strides[axis]!, 0);
    return [Math.floor(total / 2), Math.ceil(total / 2)] as const;
  });
  return { reach, pads };
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
