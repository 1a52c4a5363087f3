import { defineDiagnostic } from '../diagnostic.ts';
import { exampleSpec } from '../example-spec.ts';

export const unsupportedVersion = defineDiagnostic<{
  /** As written. */
  readonly found: string;
  /** The newest version that this compiler reads. */
  readonly version: number;
}>({
  code: 'unsupported-version',
  severity: 'error',
  number: null,
  title: 'A language version that this compiler does not know',
  message: ({ found, version }) =>
    `this spec is written in version ${found} of the language, and this compiler reads version ${version}`,
  help: ({ found, version }) =>
    Number(found) > version ? 'install a newer ganc' : `write version ${version}`,
  explanation: `
The number after \`gan\` says in which version of the language the spec is written. There is one version so far, 1.
A spec of a later version may use what this compiler does not understand, so it is not guessed at.

**What to do.** Update the compiler (\`npm install ganc@latest\`), or write \`gan 1\`.
`,
  bad: exampleSpec().replace('gan 1', 'gan 2'),
  good: exampleSpec(),
});
