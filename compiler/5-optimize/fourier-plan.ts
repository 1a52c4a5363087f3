import type * as t from '../tensor/index.ts';
import { bandsOf, type Grid, type Places, type Role } from './fourier-matrices.ts';
import { useOf } from './simpler-convolutions.ts';

/** What a convolution takes by way of the Fourier transform, for an engine to decide whether it is worth it. */
export interface FourierCost {
  /** Multiplications where picture and kernel meet. */
  readonly products: number;
  /** Multiplications of its transforms: of one that serves several convolutions, a share. */
  readonly transforms: number;
  /** Numbers that transforms and products read and write. */
  readonly moved: number;
  /** Numbers of the largest signal, transformed. */
  readonly largest: number;
  /** Multiplications of the convolution as it stands, and whether it has strides. */
  readonly direct: number;
  readonly isStrided: boolean;
}

/** A convolution and its two gradients: which two of the three signals they are given, and which one they give. */
const USES: Readonly<Record<string, Use>> = {
  conv: { from: ['picture', 'kernel'], to: 'output', product: {} },
  conv_input_grad: { from: ['output', 'kernel'], to: 'picture', product: { transposeB: true } },
  conv_filter_grad: { from: ['picture', 'output'], to: 'kernel', product: { transposeA: true } },
};

interface Use {
  readonly from: readonly [Role, Role];
  readonly to: Role;
  /** The matrix product of the two, frequency by frequency. */
  readonly product: { readonly transposeA?: boolean; readonly transposeB?: boolean };
}

/** One axis of a convolution with stride 1: places that lay within a stride lie among the channels. */
interface Axis {
  readonly stride: number;
  /** By how many taps the kernel is moved up, so that every place within a stride begins with a tap of its own. */
  readonly lead: number;
  readonly counts: Readonly<Record<Role, number>>;
  /** Where the result begins in the whole convolution of picture and kernel. */
  readonly begin: number;
  /** Just so long that what comes round from the end of the whole convolution falls beside the result. */
  readonly period: number;
}

/** One of the three: [pictures, height, width, channels] as it is, [bands, rows, columns] transformed. */
export interface Signal {
  readonly shape: readonly [pictures: number, height: number, width: number, channels: number];
  readonly strides: Grid<number>;
  readonly lead: Grid<number>;
  readonly places: Grid<Places>;
  readonly factor: Grid<number>;
}

/** A convolution that could go by way of the Fourier transform, or one of its gradients. */
export interface Plan {
  readonly node: t.Node;
  readonly use: Use;
  readonly periods: Grid<number>;
  readonly bands: number;
  readonly signals: Readonly<Record<Role, Signal>>;
  /** Names of the transforms of its operands: the same name, the same numbers. */
  readonly keys: readonly string[];
}

/** Those over two axes, neither grouped nor dilated, whose padding is narrower than their kernel. */
export function plansOf({ nodes }: t.Program): Plan[] {
  return nodes.flatMap((node) => {
    const use = USES[node.op];
    return use ? (planOf(node, use, nodes) ?? []) : [];
  });
}

function planOf(node: t.Node, use: Use, nodes: readonly t.Node[]): Plan | null {
  const { strides, padding, groups, dilations } = useOf(node).attributes;
  if (strides.length !== 2 || groups !== 1 || dilations.some((step) => step !== 1)) return null;
  const shapes = {
    [use.from[0]]: nodes[node.inputs[0]!]!.shape,
    [use.from[1]]: nodes[node.inputs[1]!]!.shape,
    [use.to]: node.shape,
  } as Record<Role, Signal['shape']>;
  const axes = onBoth([0, 1], (axis) =>
    axisOf(
      { picture: shapes.picture[axis + 1]!, kernel: shapes.kernel[axis]!, output: shapes.output[axis + 1]! },
      strides[axis]!,
      padding[axis]![0],
    ),
  );
  if (axes.some(({ begin }) => begin < 0)) return null;
  const periods = onBoth(axes, ({ period }) => period);
  const signals = signalsOf(axes, shapes);
  const keys = use.from.map((role, index) => JSON.stringify([node.inputs[index], periods, signals[role]]));
  return { node, use, periods, bands: bandsOf(periods), signals, keys };
}

/**
 * Place o of the result is the sum over the taps of x[stride · o + tap − padding] · kernel[tap]. With tap = stride · u + r −
 * lead, r within the stride, it sees the places r of every stride through a kernel of their own, and the strides one by one.
 */
function axisOf(lengths: Readonly<Record<Role, number>>, stride: number, padding: number): Axis {
  const before = Math.ceil(padding / stride);
  const lead = before * stride - padding;
  const picture = Math.ceil(lengths.picture / stride);
  const kernel = Math.ceil((lengths.kernel + lead) / stride);
  const begin = kernel - 1 - before;
  const period = Math.max(picture + kernel - 1 - begin, begin + lengths.output);
  return { stride, lead, counts: { ...lengths, picture, kernel }, begin, period };
}

function signalsOf(axes: Grid<Axis>, shapes: Readonly<Record<Role, Signal['shape']>>): Plan['signals'] {
  const strides = onBoth(axes, ({ stride }) => stride);
  const [batch, , , depth] = shapes.picture;
  const [height, width, , filters] = shapes.kernel;
  const channels = strides[0] * strides[1] * depth;
  const none = [0, 0] as const;
  return {
    picture: {
      shape: shapes.picture,
      strides,
      lead: none,
      places: onBoth(axes, ({ counts }) => ({ count: counts.picture, first: 0, direction: 1 })),
      factor: [batch, channels],
    },
    kernel: {
      shape: [1, height, width, depth * filters],
      strides,
      lead: onBoth(axes, ({ lead }) => lead),
      // Turned round: the convolutions of networks are correlations.
      places: onBoth(axes, ({ counts }) => ({
        count: counts.kernel,
        first: counts.kernel - 1,
        direction: -1,
      })),
      factor: [channels, filters],
    },
    output: {
      shape: shapes.output,
      strides: [1, 1],
      lead: none,
      places: onBoth(axes, ({ counts, begin }) => ({ count: counts.output, first: begin, direction: 1 })),
      factor: [batch, filters],
    },
  };
}

/** `uses` says how many convolutions a transform serves. */
export function costOf(
  { node, use, bands, signals, keys }: Plan,
  uses: ReadonlyMap<string, number>,
): FourierCost {
  const sizes = [...use.from, use.to].map((role, index) => {
    const { places, factor } = signals[role];
    const planes = factor[0] * factor[1];
    return { places: countOf(places), planes, share: planes / (uses.get(keys[index] ?? '') ?? 1) };
  });
  const sum = (of: (size: (typeof sizes)[number]) => number) =>
    sizes.reduce((total, size) => total + of(size), 0);
  const { picture, kernel, output } = signals;
  const [, height, width, pairs] = kernel.shape;
  return {
    products: bands * picture.factor[0] * kernel.factor[0] * kernel.factor[1],
    transforms: sum(({ places, share }) => bands * places * share),
    moved: sum(({ places, planes, share }) => (bands + places) * share + bands * planes),
    largest: bands * Math.max(...sizes.map(({ planes }) => planes)),
    direct: output.shape[0] * output.shape[1] * output.shape[2] * height * width * pairs,
    isStrided: useOf(node).attributes.strides.some((stride) => stride > 1),
  };
}

export function countOf([rows, columns]: Grid<Places>): number {
  return rows.count * columns.count;
}

export function onBoth<T, R>([rows, columns]: Grid<T>, of: (axis: T) => R): Grid<R> {
  return [of(rows), of(columns)];
}
