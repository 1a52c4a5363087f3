import { defineDiagnostic } from '../diagnostic.ts';
import { exampleSpec, exampleTrain } from '../example-spec.ts';
import { listText } from '../wording.ts';

export const unknownName = defineDiagnostic<{
  readonly name: string;
  /** What was looked for, with the owner where there is one: `tensor`, `param`, `field of faces`. */
  readonly kind: string;
  /** The nearest name there is. */
  readonly suggestion: string | null;
  /** Names that would do here. */
  readonly known: readonly string[];
  /** What to do, where the name is one that is not seen here. Starts with a verb. */
  readonly instead?: string | null;
}>({
  code: 'unknown-name',
  severity: 'error',
  number: 1,
  title: 'A name that nothing has',
  message: ({ name, kind }) => `there is no ${kind} called \`${name}\``,
  label: ({ suggestion }) => (suggestion ? `did you mean \`${suggestion}\`?` : ''),
  help({ name, kind, suggestion, known, instead }) {
    if (suggestion) return null;
    if (instead) return instead;
    if (kind.startsWith('output of ')) {
      return `name the layer in \`layers\` of ${kind.slice('output of '.length)}: layers: ["${name}"]`;
    }
    if (kind === 'latent') {
      return `say what ${name} is, such as ${name}: faces.image, or declare latent ${name}: normal(100)`;
    }
    if (kind === 'size' && ['int', 'float', 'number', 'image'].includes(name)) {
      return 'write a shape such as [64, 64, 3], or label(10) for one of 10 classes';
    }
    if (kind === 'size' && /^[a-z]/.test(name)) return capitalSize(name, known);
    return known.length === 0 ? null : `use one of ${listText(known.slice(0, 8), 'or')}`;
  },
  explanation: `
A name was used that nothing in the spec has: a typing mistake, or a tensor, param, data field or size that
has not been declared. Names are case-sensitive. A tensor must be bound, with \`name = …\`, above the line that
uses it; the inside of a module or network sees its own inputs, its own bindings and the params, nothing else.

**What to do.** Correct the spelling, or declare the name. Where a near name exists it is offered as a fix.
`,
  bad: exampleSpec({
    train: exampleTrain({ D: { loss: 'bce(D(real), 1) + bce(D(fakes), 0)' } }),
  }),
  good: exampleSpec(),
});

/** What to write for `h`: a name with a capital letter is a size to be found, and the same name is the same size. */
function capitalSize(name: string, known: readonly string[]): string {
  const capital = name[0]!.toUpperCase() + name.slice(1);
  if (!known.includes(capital)) return `write \`${capital}\`: a size that is to be found has a capital name`;
  return `write \`${capital}\` for the same size, or another capital name, such as \`${capital}2\`, for one that is to be found`;
}
