import { defineDiagnostic } from '../diagnostic.ts';
import { exampleSpec } from '../example-spec.ts';
import { listText } from '../wording.ts';

export const importNotFound = defineDiagnostic<{
  /** As written: `gan-blocks`, `./blocks.gan`. */
  readonly from: string;
  readonly problem: /** No package or file of that name can be read. */
    | { readonly kind: 'missing' }
    /** The package exists, but its `exports` name no `gan` file. */
    | { readonly kind: 'no gan entry' }
    /** The file was read; it declares nothing of that name. */
    | { readonly kind: 'no such name'; readonly name: string; readonly known: readonly string[] };
}>({
  code: 'import-not-found',
  severity: 'error',
  number: 11,
  title: 'An import that cannot be found',
  message({ from, problem }) {
    switch (problem.kind) {
      case 'missing':
        return from.startsWith('.') ? `there is no file ${from}` : `there is no package ${from} here`;
      case 'no gan entry':
        return `the package ${from} shares no spec`;
      case 'no such name':
        return `${from} declares no \`${problem.name}\``;
    }
  },
  notes: ({ problem }) =>
    problem.kind === 'no gan entry'
      ? ['Its package.json needs "exports": { ".": { "gan": "./index.gan" } }.']
      : [],
  help({ from, problem }) {
    if (problem.kind === 'no such name') {
      return problem.known.length > 0 ? `use one of ${listText(problem.known.slice(0, 8), 'or')}` : null;
    }
    if (problem.kind === 'no gan entry') return null;
    return from.startsWith('.')
      ? 'check the path; it begins at the folder of this file'
      : `install it: npm install ${from}`;
  },
  explanation: `
\`import Up, Down from "gan-blocks"\` takes modules, networks, losses and params from an npm package that shares them
through its \`exports\` (\`{".": {"gan": "./index.gan"}}\`), or from a file beside this one (\`"./blocks.gan"\`). The
package is not installed, shares no spec, or has nothing of that name. Nothing in a package is ever executed.

**What to do.** Install the package, or correct the path or the name.
`,
  bad: exampleSpec({
    declarations: 'import Up from "./no-such-blocks.gan"',
    generator: `
generator G(z) -> faces.image {
  z -> dense(8*8 * 8) -> reshape(8, 8, 8) -> Up(8) -> conv2d(3, kernel: 3) -> tanh
}`,
  }),
  good: exampleSpec({
    declarations: `
module Up(x: [H, W, C], filters: int) -> [2*H, 2*W, filters] {
  x -> conv2d_transpose(filters, kernel: 4, stride: 2) -> relu
}`,
    generator: `
generator G(z) -> faces.image {
  z -> dense(8*8 * 8) -> reshape(8, 8, 8) -> Up(8) -> conv2d(3, kernel: 3) -> tanh
}`,
  }),
});
