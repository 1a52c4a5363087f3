import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { kerasClasses } from '../../compiler/pretrained/classes/index.ts';
import { keepStarted } from '../engines/compare.ts';
import { describeOn } from '../engines/on-each-engine.ts';
import { expectClose } from '../reference/close.ts';
import { forward } from './frozen.ts';
import { fill, keras, numbers, predict, save } from './keras.ts';

// Every class of layers, as TensorFlow.js computes it and as ganc does.

const { layers } = keras;
type Layer = keras.layers.Layer;

const IMAGE = [6, 5, 4];

/** A layer after an input, or several one after the other. */
function chain(shape: readonly number[], ...list: readonly Layer[]): keras.LayersModel {
  const input = keras.input({ shape: [...shape] });
  const output = list.reduce<keras.SymbolicTensor>(
    (x, layer) => layer.apply(x) as keras.SymbolicTensor,
    input,
  );
  return keras.model({ inputs: input, outputs: output });
}

/** Two branches of one image, and how they meet. */
function merge(layer: Layer): keras.LayersModel {
  const input = keras.input({ shape: IMAGE });
  const branch = (name: string) =>
    layers.conv2d({ filters: 3, kernelSize: 3, padding: 'same', name }).apply(input) as keras.SymbolicTensor;
  return keras.model({
    inputs: input,
    outputs: layer.apply([branch('left'), branch('right')]) as keras.SymbolicTensor,
  });
}

const image = (...list: readonly Layer[]) => chain(IMAGE, ...list);
const activation = (name: string) => image(layers.activation({ activation: name as 'relu' }));

const MODELS: Readonly<Record<string, () => keras.LayersModel>> = {
  Conv2D: () =>
    image(
      layers.conv2d({ filters: 3, kernelSize: [3, 2], strides: [2, 1], padding: 'same', activation: 'relu' }),
    ),
  'Conv2D, dilated': () =>
    image(layers.conv2d({ filters: 2, kernelSize: 2, dilationRate: 2, padding: 'valid', useBias: false })),
  DepthwiseConv2D: () =>
    image(
      layers.depthwiseConv2d({ kernelSize: 3, depthMultiplier: 2, padding: 'same', activation: 'relu6' }),
    ),
  'DepthwiseConv2D, strided': () =>
    image(layers.depthwiseConv2d({ kernelSize: 3, strides: [2, 2], padding: 'valid', useBias: false })),
  SeparableConv2D: () => image(layers.separableConv2d({ filters: 3, kernelSize: 3, padding: 'same' })),
  Conv2DTranspose: () =>
    image(
      layers.conv2dTranspose({ filters: 3, kernelSize: 4, strides: 2, padding: 'same', activation: 'tanh' }),
    ),
  Dense: () => chain([7], layers.dense({ units: 3, activation: 'softmax' })),
  'Dense on a map': () => image(layers.dense({ units: 3, activation: 'sigmoid' })),
  BatchNormalization: () => image(layers.batchNormalization({ epsilon: 0.01 })),
  'BatchNormalization, no scale': () => image(layers.batchNormalization({ scale: false })),
  'BatchNormalization, no center': () => image(layers.batchNormalization({ center: false })),
  'BatchNormalization, neither': () => image(layers.batchNormalization({ scale: false, center: false })),
  Activation: () => activation('elu'),
  'Activation selu': () => activation('selu'),
  'Activation gelu': () => activation('gelu'),
  'Activation swish': () => activation('swish'),
  'Activation softplus': () => activation('softplus'),
  'Activation hard_sigmoid': () => activation('hardSigmoid'),
  ReLU: () => image(layers.reLU()),
  'ReLU, to 6': () => image(layers.conv2d({ filters: 8, kernelSize: 3 }), layers.reLU({ maxValue: 6 })),
  LeakyReLU: () => image(layers.leakyReLU({ alpha: 0.1 })),
  ELU: () => image(layers.elu()),
  Softmax: () => chain([7], layers.softmax()),
  MaxPooling2D: () => image(layers.maxPooling2d({ poolSize: [2, 2], padding: 'same' })),
  AveragePooling2D: () =>
    image(layers.averagePooling2d({ poolSize: [3, 2], strides: [2, 2], padding: 'same' })),
  GlobalAveragePooling2D: () => image(layers.globalAveragePooling2d({})),
  GlobalMaxPooling2D: () => image(layers.globalMaxPooling2d({})),
  Flatten: () => image(layers.flatten()),
  Reshape: () => image(layers.reshape({ targetShape: [5, -1, 2] })),
  ZeroPadding2D: () =>
    image(
      layers.zeroPadding2d({
        padding: [
          [0, 1],
          [2, 0],
        ],
      }),
    ),
  Cropping2D: () =>
    image(
      layers.cropping2D({
        cropping: [
          [1, 0],
          [0, 2],
        ],
      }),
    ),
  UpSampling2D: () => image(layers.upSampling2d({ size: [2, 3] })),
  Add: () => merge(layers.add()),
  Multiply: () => merge(layers.multiply()),
  Average: () => merge(layers.average()),
  Maximum: () => merge(layers.maximum()),
  Minimum: () => merge(layers.minimum()),
  Concatenate: () => merge(layers.concatenate()),
  Dropout: () => image(layers.dropout({ rate: 0.5 })),
  GaussianNoise: () => image(layers.gaussianNoise({ stddev: 1 })),
  GaussianDropout: () => image(layers.gaussianDropout({ rate: 0.5 })),
  AlphaDropout: () => image(layers.alphaDropout({ rate: 0.5 })),
  Rescaling: () => image(layers.rescaling({ scale: 0.5, offset: -0.25 })),
};

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'ganc-classes-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

test('every class that can be written here is', () => {
  // TensorFlow.js knows these under other names, or not at all.
  const elsewhere = ['InputLayer', 'SpatialDropout2D', 'ActivityRegularization', 'Subtract'];
  const tried = new Set(Object.keys(MODELS).map((title) => title.split(/[, ]/)[0]!));
  const missing = new Set(
    [...kerasClasses.values()]
      .map(({ names }) => names)
      .filter((names) => !names.some((name) => tried.has(name) || elsewhere.includes(name))),
  );
  expect([...missing]).toEqual([]);
});

describeOn(['wasm', 'tensorflow'], 'layers of models', (engine) => {
  keepStarted(engine);

  test.each(Object.keys(MODELS))('%s', async (title) => {
    const model = fill(MODELS[title]!());
    const shape = model.inputs[0]!.shape.slice(1) as number[];
    const input = numbers(
      shape.reduce((a, b) => a * b, 1),
      77,
    );
    const expected = predict(model, input, shape);
    const file = await save(model, path.join(folder, `${engine} ${title}`));
    expectClose(await forward(engine, file, input, shape, expected.shape), expected.values, 1e-5);
    model.dispose();
  });
});
