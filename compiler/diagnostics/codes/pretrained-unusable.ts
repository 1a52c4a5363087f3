import { defineDiagnostic } from '../diagnostic.ts';
import { perceptualExample } from '../example-model.ts';

export const pretrainedUnusable = defineDiagnostic<{
  /** A sentence that begins with the path of the model: `models/vgg/model.json is not there`. */
  readonly problem: string;
  /** Starts with a verb. */
  readonly help: string | null;
}>({
  code: 'pretrained-unusable',
  severity: 'error',
  number: null,
  title: 'A pretrained model that cannot be used',
  message: ({ problem }) => problem,
  help: ({ help }) => help,
  explanation: `
\`pretrained vgg from "models/vgg/model.json" { … }\` names a TensorFlow.js Layers model: a \`model.json\` with its weight
files beside it. It is missing, lies outside the folder of the spec or the package, is damaged, is in another format
(a graph model has no layers to take features from), or holds a layer that ganc does not know. Nothing in a model is
ever executed, so a \`Lambda\` layer cannot be used; \`layers\` may name layers that come before it. The path is
relative to the file that says it, which may be one that is imported.

**What to do.** Put the model beside that file. A Keras model is converted by
\`tensorflowjs_converter --input_format keras vgg.h5 models/vgg\`.
`,
  bad: perceptualExample('input: [-1, 1]', 'models/vgg19/model.json'),
  good: perceptualExample('input: [-1, 1]'),
});
