import { defineDiagnostic } from '../diagnostic.ts';
import { exampleSpec, exampleTrain } from '../example-spec.ts';
import { countText } from '../wording.ts';

const digits = (classes: number) =>
  exampleSpec({
    data: `
data digits from mnist() {
  image: [28, 28, 1] in [-1, 1]
  class: label(${classes})
}`,
    generator: `
generator G(z, y: digits.class) -> digits.image {
  concat(z, y -> embed(8)) -> dense(14*14 * 8) -> reshape(14, 14, 8) -> relu
    -> conv2d_transpose(1, kernel: 4, stride: 2) -> tanh
}`,
    discriminator: `
discriminator D(x: digits.image, y: digits.class) -> [1] {
  h = x -> conv2d(8, kernel: 4, stride: 2) -> leaky_relu(0.2) -> flatten
  return (h -> dense(1)) + dot(h, y -> embed(1568))
}`,
    train: exampleTrain({ real: 'digits.image', label: 'digits.class' }),
  });

export const labelCountMismatch = defineDiagnostic<{
  /** `faces.class` */
  readonly field: string;
  readonly declared: number;
  /** Where the labels come from: `data/faces`, `mnist`, a file. */
  readonly source: string;
  readonly has: number;
  /** What is counted there: classes, the folders of a folder with their names, centres, or labels from 0 up. */
  readonly counted: 'classes' | 'folders' | 'centres' | 'labels';
  readonly names: readonly string[];
}>({
  code: 'label-count-mismatch',
  severity: 'error',
  number: 29,
  title: 'Labels of another number than the data has classes',
  message({ field, declared, source, has, counted, names }) {
    const classes = counted === 'folders' ? countText(has, 'class', 'classes') : `${has} ${counted}`;
    const there =
      counted === 'labels' ? `${source} holds labels up to ${has - 1}` : `${source} has ${classes}`;
    const shown = names.length > MOST_NAMES ? [...names.slice(0, MOST_NAMES), '…'] : names;
    return `${field} is label(${declared}), but ${there}${shown.length > 0 ? `: ${shown.join(', ')}` : ''}`;
  },
  label: ({ declared }) => `one of ${declared}`,
  notes: ({ declared, has }) =>
    has > declared ? [] : ['What is made for a class without examples was never compared with anything.'],
  help: ({ has, counted, source }) =>
    counted === 'folders'
      ? `declare label(${has}), or add or remove folders: every folder directly in ${source} is a class`
      : `declare label(${has})`,
  explanation: `
\`label(10)\` says that a label is one of 10 classes, and \`embed\` has a vector for each. With more classes in the data
there are examples without a vector; with fewer there are vectors that no example ever trains, and pictures of those
classes are noise. Sources that know how many there are (\`mnist\`, \`cifar10\`) are compared when the spec is checked,
folders and files when they are opened.

**What to do.** Declare as many classes as there are. In a folder every folder directly in it is a class: one that holds
something else, as \`__MACOSX\`, must be moved out of it.

Mirza & Osindero, *Conditional Generative Adversarial Nets*, 2014.
`,
  bad: digits(12),
  good: digits(10),
});

/** Names of classes that a message shows. */
const MOST_NAMES = 12;
