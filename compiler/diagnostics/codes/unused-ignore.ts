import { defineDiagnostic } from '../diagnostic.ts';
import { exampleSpec } from '../example-spec.ts';

const ignoring = (comment: string, kernel: number) =>
  exampleSpec({
    generator: `
generator G(z) -> faces.image {
  ${comment}
  z -> dense(8*8 * 8) -> reshape(8, 8, 8) -> relu -> conv2d_transpose(3, kernel: ${kernel}, stride: 2) -> tanh
}`,
  });

export const unusedIgnore = defineDiagnostic<{
  /** What the comment names. */
  readonly name: string;
  readonly problem: 'nothing to ignore' | 'unknown' | 'error' | 'no reason';
  readonly suggestion: string | null;
}>({
  code: 'unused-ignore',
  severity: 'warning',
  number: null,
  title: 'A comment that ignores nothing',
  message({ name, problem }) {
    switch (problem) {
      case 'nothing to ignore':
        return `there is no ${name} on the next line to ignore`;
      case 'unknown':
        return name === ''
          ? 'this comment does not say what to ignore'
          : `there is no diagnostic called \`${name}\``;
      case 'error':
        return `${name} is an error and cannot be ignored`;
      case 'no reason':
        return `this comment does not say why ${name} is fine here`;
    }
  },
  label: ({ suggestion }) => (suggestion ? `did you mean \`${suggestion}\`?` : ''),
  help: ({ name, problem }) =>
    problem === 'no reason'
      ? `write the reason: // ganc-ignore ${name}: as published`
      : problem === 'unknown'
        ? null
        : 'remove the comment',
  explanation: `
\`// ganc-ignore CODE: reason\` on the line above silences one kind of warning or remark there. This one silences nothing:
the mistake is gone, the name is misspelt, the reason is missing, or the code is that of an error, which cannot be
ignored. A comment that has outlived its mistake would hide the next one.

**What to do.** Remove the comment, or correct the name.
`,
  bad: ignoring('// ganc-ignore checkerboard-kernel: softened by the tanh', 4),
  good: ignoring('// ganc-ignore checkerboard-kernel: softened by the tanh', 3),
});
