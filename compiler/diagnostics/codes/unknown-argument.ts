import { defineDiagnostic } from '../diagnostic.ts';
import { exampleSpec } from '../example-spec.ts';
import { insteadOf } from '../framework-spellings.ts';
import { countText } from '../wording.ts';

/** How the options are written that an update must have. */
const OPTIONS: Readonly<Record<string, string>> = {
  loss: 'bce(D(fake), 1), or another loss',
  optimizer: 'adam(lr: 2e-4, beta1: 0.5)',
};

interface Call {
  /** Whose argument it is: `conv2d`, `Up`, `update D`. */
  readonly call: string;
  /** `argument` in parentheses, `option` in the braces of `train`, `update`, `sample`. */
  readonly noun: 'argument' | 'option';
  /** What it takes, as it would be written; null to leave it out. See `signatureText`. */
  readonly signature: string | null;
}

export const unknownArgument = defineDiagnostic<
  Call &
    (
      | {
          readonly problem: 'unknown';
          readonly name: string;
          readonly suggestion: string | null;
          /** The block that has the option, and its name there. */
          readonly elsewhere?: { readonly block: string; readonly name: string } | null;
        }
      | { readonly problem: 'twice'; readonly name: string }
      | { readonly problem: 'missing'; readonly name: string }
      /** An option of `train` that its stages have instead. */
      | { readonly problem: 'said elsewhere'; readonly name: string }
      /** An option of `train` in a stage, which can only change params. */
      | { readonly problem: 'not a param'; readonly name: string }
      /** More values in order than there are places for them. */
      | { readonly problem: 'too many'; readonly given: number; readonly takes: number }
    ),
  'first'
>({
  code: 'unknown-argument',
  severity: 'error',
  number: 3,
  title: 'An argument that is unknown, missing or given twice',
  message(facts) {
    const { call, noun } = facts;
    switch (facts.problem) {
      case 'unknown':
        return `${call} has no ${noun} \`${facts.name}\``;
      case 'twice':
        return `${call} is given \`${facts.name}\` twice`;
      case 'missing':
        return `${call} needs ${noun === 'option' ? 'the option' : 'an argument'} \`${facts.name}\``;
      case 'said elsewhere':
        return `${call} is in stages, each of which has \`${facts.name}\` of its own`;
      case 'not a param':
        return `${call} can change params only, and \`${facts.name}\` is an option of train`;
      case 'too many':
        return facts.takes === 0
          ? `${call} takes nothing in its parentheses, but is given ${countText(facts.given, 'value')}`
          : `${call} takes ${countText(facts.takes, 'value')} in order, but is given ${facts.given}`;
    }
  },
  label(facts) {
    switch (facts.problem) {
      case 'unknown':
        return facts.suggestion ? `did you mean \`${facts.suggestion}\`?` : '';
      case 'twice':
        return 'and again here';
      case 'missing':
        return `\`${facts.name}\` is missing`;
      case 'said elsewhere':
        return 'takes no effect here';
      case 'not a param':
        return '';
      case 'too many':
        return 'one too many';
    }
  },
  labels: { first: () => 'given here' },
  // What takes nothing would be its bare name again.
  notes: ({ call, signature }) => (signature && signature !== call ? [signature] : []),
  help(facts) {
    if (facts.problem === 'missing') {
      return `write ${facts.name}: ${(facts.noun === 'option' && OPTIONS[facts.name]) || 'and a value'}`;
    }
    if (facts.problem === 'said elsewhere') return `leave ${facts.name} out of ${facts.call}`;
    if (facts.problem === 'not a param') {
      const { name } = facts;
      return `declare a param ${name}, and write ${name}: ${name} in train`;
    }
    if (facts.problem !== 'unknown' || facts.suggestion) return null;
    const { name, elsewhere } = facts;
    if (elsewhere) return `write ${elsewhere.name}: in ${elsewhere.block}, which has it`;
    return insteadOf(name);
  },
  explanation: `
A call has an argument that it does not take, lacks one that it needs, or has one twice. Arguments in order come
first, then named ones (\`conv2d(64, kernel: 4)\`); the note shows what the call takes, with its defaults.

An argument that is silently ignored is a mistake that no loss curve shows: in one well-known library
\`conv2d({stride: 2})\` builds a convolution with stride 1, because the option is called \`strides\`.

**What to do.** Correct the spelling, or remove the argument. The spellings of PyTorch and Keras
(\`kernel_size\`, \`strides\`, \`out_channels\`, \`units\`) are known and offered as a fix.
`,
  bad: exampleSpec({
    discriminator: `
discriminator D(x: faces.image) -> [1] {
  x -> conv2d(8, kernal: 4, stride: 2) -> leaky_relu(0.2) -> flatten -> dense(1)
}`,
  }),
  good: exampleSpec({
    discriminator: `
discriminator D(x: faces.image) -> [1] {
  x -> conv2d(8, kernel: 4, stride: 2) -> leaky_relu(0.2) -> flatten -> dense(1)
}`,
  }),
});
