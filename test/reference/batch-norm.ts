import { at, indicesOf, type Tensor, tabulate } from './tensor.ts';

interface Channel {
  readonly mean: number;
  readonly variance: number;
  readonly rate: number;
  /** Means, over all places of the channel, of d and of d · x̂. */
  readonly d: number;
  readonly along: number;
}

/** Batch norm and its gradient by the book: every channel on its own. */
function channelsOf(x: Tensor, epsilon: number, d?: Tensor): Channel[] {
  return Array.from({ length: x.shape.at(-1)! }, (_, channel) => {
    const places = [...indicesOf(x.shape)].filter((index) => index.at(-1) === channel);
    const average = (f: (index: readonly number[]) => number) =>
      places.reduce((sum, index) => sum + f(index), 0) / places.length;
    const mean = average((index) => at(x, index));
    const variance = average((index) => (at(x, index) - mean) ** 2);
    const rate = 1 / Math.sqrt(variance + epsilon);
    return {
      mean,
      variance,
      rate,
      d: d ? average((index) => at(d, index)) : 0,
      along: d ? average((index) => at(d, index) * (at(x, index) - mean) * rate) : 0,
    };
  });
}

export function batchNorm(
  [x, gamma, beta]: readonly Tensor[],
  shape: readonly number[],
  { epsilon, part }: { epsilon: number; part: 'result' | 'mean' | 'variance' },
): Tensor {
  const channels = channelsOf(x!, epsilon);
  return tabulate(shape, (index) => {
    const channel = index.at(-1)!;
    const { mean, rate } = channels[channel]!;
    if (part !== 'result') return channels[channel]![part];
    return at(gamma!, [channel]) * (at(x!, index) - mean) * rate + at(beta!, [channel]);
  });
}

export function batchNormGrad(
  [d, x, gamma]: readonly Tensor[],
  shape: readonly number[],
  { epsilon, part }: { epsilon: number; part: 'x' | 'gamma' | 'beta' },
): Tensor {
  const channels = channelsOf(x!, epsilon, d!);
  const count = x!.data.length / channels.length;
  return tabulate(shape, (index) => {
    const channel = index.at(-1)!;
    const { mean, rate, d: meanOfD, along } = channels[channel]!;
    if (part === 'beta') return meanOfD * count;
    if (part === 'gamma') return along * count;
    const standard = (at(x!, index) - mean) * rate;
    return at(gamma!, [channel]) * rate * (at(d!, index) - meanOfD - standard * along);
  });
}
