import { defineDiagnostic } from '../diagnostic.ts';
import { exampleSpec } from '../example-spec.ts';

export const missingVersion = defineDiagnostic<{
  readonly form: 'text' | 'json';
  /** The newest version that this compiler reads. */
  readonly version: number;
}>({
  code: 'missing-version',
  severity: 'error',
  number: null,
  title: 'A spec that does not say its language version',
  message: ({ form, version }) =>
    form === 'text'
      ? `a spec begins with the version of the language: \`gan ${version}\``
      : `a spec says the version of the language: \`"gan": ${version}\``,
  help: ({ form, version }) =>
    form === 'text' ? `write \`gan ${version}\` as the first line` : `add \`"gan": ${version}\``,
  explanation: `
The first line of a spec, \`gan 1\`, is the version of the language that it is written in. With it, a spec that is
years old keeps its meaning whatever is added to the language.

**What to do.** Write \`gan 1\` above the first declaration; a doc comment (\`/// …\`) for the whole file may stand
above it.
`,
  bad: exampleSpec().replace('gan 1\n', ''),
  good: exampleSpec(),
});
