import { defineDiagnostic } from '../diagnostic.ts';
import { exampleSpec } from '../example-spec.ts';

export const notYet = defineDiagnostic<{
  /** What is not there yet, as written: `stage`, `evaluate`. */
  readonly what: string;
  /** What can be done instead; starts with a verb. */
  readonly instead: string | null;
}>({
  code: 'not-yet',
  severity: 'error',
  number: null,
  title: 'A part of the language that this compiler cannot run yet',
  message: ({ what }) => `\`${what}\` can be written, but this version of the compiler does not run it yet`,
  help: ({ instead }) => instead,
  explanation: `
The language has a place for this declaration, so that specs which use it can be read, formatted and converted.
This version of the compiler cannot train or run it yet. It says so at once, since leaving the declaration
out quietly would train something else than what the spec describes.

**What to do.** Leave the declaration out for now, or use a newer version of ganc.
`,
  bad: exampleSpec({ sample: 'evaluate G {\n  samples: 1_000\n}' }),
  good: exampleSpec({ sample: 'sample G {\n  grid: [4, 4]\n}' }),
});
