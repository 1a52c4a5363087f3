import { keras } from './keras.ts';

/** A network of four layers in the place of VGG 19: its layers are called as those of it that the examples name. */
export function tinyVgg(): keras.LayersModel {
  const { layers } = keras;
  const convolution = (name: string, filters: number) =>
    layers.conv2d({ name, filters, kernelSize: 3, padding: 'same', activation: 'relu' });
  return keras.sequential({
    layers: [
      layers.inputLayer({ batchInputShape: [null, 224, 224, 3] }),
      convolution('block2_conv2', 4),
      layers.maxPooling2d({ poolSize: 2 }),
      convolution('block3_conv4', 4),
      layers.flatten(),
      layers.dense({ name: 'fc1', units: 1 }),
    ],
  });
}
