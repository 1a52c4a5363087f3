import { defineDiagnostic } from '../diagnostic.ts';
import { exampleSpec } from '../example-spec.ts';

export const importCycle = defineDiagnostic<{
  /** The way round, beginning and ending with the same file: `['a.gan', 'b.gan', 'a.gan']`. */
  readonly cycle: readonly string[];
}>({
  code: 'import-cycle',
  severity: 'error',
  number: null,
  title: 'Files that import each other in a circle',
  message: ({ cycle }) =>
    cycle.length > 2 ? `${cycle[0]} imports itself through other files` : `${cycle[0]} imports itself`,
  label: ({ cycle }) => cycle.join(' → '),
  help: ({ cycle }) =>
    cycle.length > 2
      ? 'move what both need into a file of its own, and import it from there'
      : 'remove the import: what a file declares can be used everywhere in it',
  explanation: `
A file imports another, which imports the first again, directly or through more files. What each of them means would
then depend on the other. Almost always they share something, a module or a param, that belongs to neither.

**What to do.** Move what both need into a file of its own (\`blocks.gan\`) and import it from there in both.
`,
  bad: exampleSpec({ declarations: 'import Up from "./bad.gan"' }).replace('-> relu\n', '-> relu -> Up\n'),
  good: exampleSpec(),
});
