import { type ModelFinder, noModels } from '../source/model-finder.ts';
import { exampleSpec } from './example-spec.ts';

/** A pretrained model that example specs can name: two convolutions of pictures of any size. */
export const exampleModels: ModelFinder = (from, declaredIn) =>
  from === 'models/vgg/model.json' ? { kind: 'found', ...SMALL_VGG } : noModels(from, declaredIn);

const convolution = (name: string, filters: number) => ({
  class_name: 'Conv2D',
  config: { name, filters, kernel_size: 3, padding: 'same', activation: 'relu' },
});

const SMALL_VGG = {
  topology: {
    class_name: 'Sequential',
    config: {
      layers: [
        { class_name: 'InputLayer', config: { name: 'image', batch_input_shape: [null, null, null, 3] } },
        convolution('block1_conv1', 4),
        convolution('block1_conv2', 4),
      ],
    },
  },
  tensors: new Map([
    ['block1_conv1/kernel', [3, 3, 3, 4]],
    ['block1_conv1/bias', [4]],
    ['block1_conv2/kernel', [3, 3, 4, 4]],
    ['block1_conv2/bias', [4]],
  ]),
};

/** A spec whose generator is also judged by the features of a pretrained network, declared with these options. */
export function perceptualExample(options: string, from = 'models/vgg/model.json'): string {
  return exampleSpec({
    declarations: `pretrained vgg from ${JSON.stringify(from)} {\n  ${options}\n}`,
  }).replace('loss: bce(D(fake), 1)', 'loss: bce(D(fake), 1) + l2(vgg(fake), vgg(real))');
}
