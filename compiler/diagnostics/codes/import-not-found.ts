import type { ImportProblem } from '../../source/import-reader.ts';
import { defineDiagnostic } from '../diagnostic.ts';
import { exampleSpec } from '../example-spec.ts';
import { listText } from '../wording.ts';

export const importNotFound = defineDiagnostic<{
  /** As written: `gan-blocks`, `./blocks.gan`. */
  readonly from: string;
  readonly problem: /** What was named cannot be read. */
    | ImportProblem
    /** The file was read; it declares nothing of that name. */
    | {
        readonly kind: 'no such name';
        readonly name: string;
        readonly suggestion: string | null;
        readonly known: readonly string[];
      }
    /** The file declares it, and keeps it: data and latents belong to a training. */
    | { readonly kind: 'not shared'; readonly name: string; readonly what: 'data' | 'latent' };
}>({
  code: 'import-not-found',
  severity: 'error',
  number: 11,
  title: 'An import that cannot be found',
  message({ from, problem }) {
    switch (problem.kind) {
      case 'missing':
        return isFile(from) ? `there is no file ${from}` : `there is no package ${packageOf(from)} here`;
      case 'no gan entry':
        return packageOf(from) === from
          ? `the package ${from} shares no spec`
          : `the package ${packageOf(from)} shares no spec under ${from}`;
      case 'outside':
        return `${from} lies outside ${problem.folder}, and a spec reads nothing there`;
      case 'not a spec':
        return `"${from}" is neither a spec beside this file nor a package`;
      case 'unreadable':
        return `${from} cannot be read: ${problem.reason}`;
      case 'no such name':
        return `${from} declares no \`${problem.name}\``;
      case 'not shared':
        return `${problem.name} is ${problem.what === 'data' ? 'data' : 'a latent'} of ${from}, and that cannot be imported`;
    }
  },
  label({ problem }) {
    const meant =
      problem.kind === 'missing' ? problem.near : problem.kind === 'no such name' ? problem.suggestion : null;
    return meant ? `did you mean \`${meant}\`?` : '';
  },
  notes({ problem }) {
    if (problem.kind === 'outside') {
      return ['Specs are passed around; one that could name any file of this machine could take it along.'];
    }
    if (problem.kind !== 'no gan entry') return [];
    return problem.shares.length > 0
      ? [`It shares ${listText(problem.shares)}.`]
      : ['Its package.json needs "exports": { ".": { "gan": "./index.gan" } }.'];
  },
  help({ from, problem }) {
    switch (problem.kind) {
      case 'missing':
        if (problem.near) return null;
        return isFile(from)
          ? 'check the path; it begins at the folder of this file'
          : `install it: npm install ${packageOf(from)}`;
      case 'no such name':
        if (problem.suggestion || problem.known.length === 0) return null;
        return `use one of ${listText(problem.known.slice(0, 8), 'or')}`;
      case 'not shared':
        return `declare ${problem.what} ${problem.name} in this file`;
      case 'outside':
        return 'copy the file into the folder of the spec, or share it as a package';
      case 'not a spec':
        return 'write a path such as "./blocks.gan", or the name of a package such as "gan-blocks"';
      case 'no gan entry':
        return problem.shares.length > 0 ? `import from ${listText(problem.shares, 'or')}` : null;
      case 'unreadable':
        return null;
    }
  },
  explanation: `
\`import Up, Down from "./blocks.gan"\` takes declarations from a file beside this one, and
\`import Up from "gan-blocks"\` from an npm package that shares a spec through its \`exports\`
(\`{".": {"gan": "./index.gan"}}\`). The file or the package is not there, lies outside of what may be read, or has
nothing of that name. Nothing in a package is ever executed.

**What to do.** Correct the path or the name, or install the package. \`ganc explain import\` says what can be
imported from where.
`,
  bad: exampleSpec({
    declarations: 'import Up from "./no-such-blocks.gan"',
    generator: `
generator G(z) -> faces.image {
  z -> dense(8*8 * 8) -> reshape(8, 8, 8) -> relu -> Up(8) -> conv2d(3, kernel: 3) -> tanh
}`,
  }),
  good: exampleSpec({
    declarations: `
module Up(x: [H, W, C], filters: int) -> [2*H, 2*W, filters] {
  x -> conv2d_transpose(filters, kernel: 4, stride: 2) -> relu
}`,
    generator: `
generator G(z) -> faces.image {
  z -> dense(8*8 * 8) -> reshape(8, 8, 8) -> relu -> Up(8) -> conv2d(3, kernel: 3) -> tanh
}`,
  }),
});

function isFile(from: string): boolean {
  return from.startsWith('.');
}

/** `gan-blocks/video` is a part of gan-blocks, `@studio/blocks/video` of @studio/blocks. */
function packageOf(from: string): string {
  return from
    .split('/')
    .slice(0, from.startsWith('@') ? 2 : 1)
    .join('/');
}
