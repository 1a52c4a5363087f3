import type { Interval } from '../3-check/interval.ts';
import { ModelError } from './model-error.ts';

/** What a model wants pictures made into: `scale · value + offset` for each of its channels, from a channel of the picture. */
interface Wish {
  /** What it is in words. */
  readonly summary: string;
  /** Black and white of each channel in the model's own numbers. */
  readonly ends: readonly (readonly [black: number, white: number])[];
  /** The channel of the picture, red, green, blue, that each channel of the model is; as they are when left out. */
  readonly from?: readonly number[];
}

/** Mean and deviation of ImageNet's pictures, red, green, blue, of values from 0 to 1. */
const MEAN = [0.485, 0.456, 0.406] as const;
const DEVIATION = [0.229, 0.224, 0.225] as const;
/** The same mean as Caffe's models have it: blue, green, red, of values from 0 to 255. */
const CAFFE_MEAN = [103.939, 116.779, 123.68] as const;

/** By the names that Keras has for them (`preprocess_input`), and two that need none there. */
export const PREPROCESSING: Readonly<Record<string, Wish>> = {
  unit: { summary: 'values from 0 to 1', ends: [[0, 1]] },
  bytes: { summary: 'values from 0 to 255', ends: [[0, 255]] },
  tf: { summary: 'values from -1 to 1, as MobileNet and Inception', ends: [[-1, 1]] },
  torch: {
    summary: "values from 0 to 1, less ImageNet's mean, over its deviation",
    ends: MEAN.map(
      (mean, channel) => [-mean / DEVIATION[channel]!, (1 - mean) / DEVIATION[channel]!] as const,
    ),
  },
  caffe: {
    summary: "blue, green, red from 0 to 255, less ImageNet's mean, as VGG and ResNet",
    ends: CAFFE_MEAN.map((mean) => [-mean, 255 - mean] as const),
    from: [2, 1, 0],
  },
};

/** A convolution of one pixel that makes of a picture what the model wants: its kernel [channels, channels], its bias. */
export interface PixelMap {
  readonly kernel: readonly number[];
  readonly bias: readonly number[];
}

/** `given` are the values that pictures hold. Throws `ModelError` where the channels are not those of the wish. */
export function pixelMap(name: string, { low, high }: Interval, channels: number): PixelMap {
  const { ends, from } = PREPROCESSING[name]!;
  if (ends.length > 1 && ends.length !== channels) {
    throw new ModelError(
      `is given pictures of ${channels} channels, and \`preprocess: ${name}\` is for red, green and blue`,
      'choose another `preprocess`, or give it pictures of 3 channels',
    );
  }
  const kernel = new Array<number>(channels * channels).fill(0);
  const bias = new Array<number>(channels).fill(0);
  for (let channel = 0; channel < channels; channel++) {
    const [black, white] = ends[channel] ?? ends[0]!;
    const scale = (white - black) / (high - low);
    kernel[(from?.[channel] ?? channel) * channels + channel] = scale;
    bias[channel] = black - scale * low;
  }
  return { kernel, bias };
}
