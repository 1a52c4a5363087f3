import { pretrainedOptions } from '../../3-check/block-options.ts';
import { exampleTrain } from '../../diagnostics/example-spec.ts';
import { kerasClasses } from '../../pretrained/classes/index.ts';
import { PREPROCESSING } from '../../pretrained/preprocess.ts';
import { argumentItem } from '../definition-page.ts';
import { listOf, type Word } from './word.ts';

export const pretrained: Word = {
  kind: 'declaration',
  name: 'pretrained',
  also: ['layers', ...pretrainedOptions.map(({ name }) => name)],
  is: 'A declaration',
  summary: 'a TensorFlow.js Layers model on disk as a frozen network',
  example: {
    declarations: `
pretrained vgg from "models/vgg/model.json" {
  input:      [-1, 1]
  preprocess: caffe
  layers:     ["block1_conv1", "block1_conv2"]
}`,
    train: exampleTrain({
      G: { loss: 'bce(D(fake), 1) + perceptual(vgg(fake), vgg(real), weight: [1, 0.5])' },
    }),
  },
  text: () => [
    TEXT,
    '## Options',
    `* \`layers\`: the layers whose outputs are wanted, by name; without it the output of the whole model\n${pretrainedOptions.map(argumentItem).join('\n')}`,
    '## What a model may want',
    listOf(Object.entries(PREPROCESSING).map(([name, { summary }]) => ({ name, summary }))),
    '## Classes of layers',
    `${classes().join(', ')}; Sequential and functional models, and models within models.`,
  ],
};

function classes(): string[] {
  return [...new Set([...kerasClasses.values()].map(({ names }) => names[0]!))].sort();
}

const TEXT = `
It is used like any network, in \`train\` and in other networks: \`vgg(fake).block1_conv2\` is a tensor, and \`vgg(fake)\` all
that \`layers\` names, or the output of the model. A loss of features is \`perceptual(vgg(fake), vgg(real), weight: [1, 0.5])\`.

Gradients pass through it to whoever made the picture. Its own weights never move: no update can name it, batch
normalisation uses the statistics that it was saved with, and dropout drops nothing. Checkpoints hold a hash of its weights,
not the weights, so the files must stay where they are for a run to go on.

A picture may have another size than the model was trained with, as long as every layer up to the wanted ones fits; what comes
after them is not loaded. Where a layer does not fit, \`ganc check\` names it.

The model is a \`model.json\` with its weight files beside it, in the folder of the spec or beneath it (or in \`--data-root\`).
A file that is imported may bring one too: the path is relative to that file, and may not lead out of its package. A bundle
holds no models; its card names those that it needs.

Weights may be float32, or quantised to float16, uint8 or uint16. A Keras model is converted by
\`tensorflowjs_converter --input_format keras vgg19.h5 models/vgg19\`. All of it is read as data, and nothing in it is executed.

Johnson, Alahi & Fei-Fei, *Perceptual Losses for Real-Time Style Transfer and Super-Resolution*, 2016.
`;
