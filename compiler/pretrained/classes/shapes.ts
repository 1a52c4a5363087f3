import { shapeText } from '../../diagnostics/wording.ts';
import { crop } from '../../layers/crop.ts';
import { flatten } from '../../layers/flatten.ts';
import { pad } from '../../layers/pad.ts';
import { reshape } from '../../layers/reshape.ts';
import { upsample } from '../../layers/upsample.ts';
import { Misfit, ModelError } from '../model-error.ts';
import { type KerasClass, only } from './keras-class.ts';

export const shapes: readonly KerasClass[] = [
  {
    names: ['Flatten'],
    write(config) {
      config.require('data_format', ['channels_last']);
      return [{ layer: flatten }];
    },
  },
  {
    names: ['Reshape'],
    write(config, inputs) {
      const raw = config.raw('target_shape');
      // The size that follows from the others is -1, and TensorFlow.js writes null for it.
      const wanted = Array.isArray(raw) ? raw.map((size: unknown) => size ?? -1) : [];
      const isShape = wanted.every(
        (size) => size === -1 || (Number.isSafeInteger(size) && (size as number) >= 1),
      );
      if (wanted.length === 0 || !isShape || wanted.filter((size) => size === -1).length > 1) {
        throw new ModelError(`gives its layer ${config.owner} the shape ${JSON.stringify(raw)}`);
      }
      const sizes = wanted as number[];
      const count = (list: readonly number[]) => list.reduce((product, size) => product * size, 1);
      const rest = count(only(inputs)) / -count(sizes);
      if (sizes.includes(-1) && !Number.isInteger(rest)) {
        throw new Misfit(
          config.owner,
          `cannot give ${shapeText(only(inputs))} the shape ${shapeText(sizes)}`,
        );
      }
      return [{ layer: reshape, args: { shape: sizes.map((size) => (size === -1 ? rest : size)) } }];
    },
  },
  {
    names: ['ZeroPadding2D'],
    write(config) {
      config.require('data_format', ['channels_last']);
      return [{ layer: pad, args: { padding: config.border('padding') } }];
    },
  },
  {
    names: ['Cropping2D'],
    write(config) {
      config.require('data_format', ['channels_last']);
      return [{ layer: crop, args: { padding: config.border('cropping') } }];
    },
  },
  {
    names: ['UpSampling2D'],
    write(config) {
      config.require('data_format', ['channels_last']);
      config.require('interpolation', ['nearest']);
      return [{ layer: upsample, args: { factor: config.pair('size', 2) } }];
    },
  },
];
