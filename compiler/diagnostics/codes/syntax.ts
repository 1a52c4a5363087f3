import { defineDiagnostic } from '../diagnostic.ts';
import { exampleSpec } from '../example-spec.ts';

/** What is wrong with the writing. Signs and words are given as written; `found` null is the end of the declaration. */
export type SyntaxProblem =
  /** Something else must come here. */
  | {
      readonly kind: 'place';
      readonly found: string | null;
      readonly after: string | null;
      /** In words: `a layer`, `` `,` or `)` ``. */
      readonly wanted: string;
      readonly help: string | null;
    }
  | {
      readonly kind: 'unclosed';
      readonly open: string;
      readonly close: string;
      readonly found: string | null;
    }
  | { readonly kind: 'stray'; readonly close: string }
  /** A sign, a string or a comment that the language does not have. */
  | { readonly kind: 'foreign'; readonly found: string; readonly what: string; readonly help: string | null }
  | { readonly kind: 'no declaration'; readonly found: string; readonly suggestion: string | null };

export const syntax = defineDiagnostic<SyntaxProblem, 'open' | 'end'>({
  code: 'syntax',
  severity: 'error',
  number: null,
  title: 'Something that cannot be written here',
  message(problem) {
    switch (problem.kind) {
      case 'place': {
        const found =
          problem.found === null ? 'the declaration ends here' : `here stands ${quoted(problem.found)}`;
        return problem.after === null
          ? `${problem.wanted} must come here, but ${found}`
          : `after ${quoted(problem.after)} comes ${problem.wanted}, but ${found}`;
      }
      case 'unclosed':
        return problem.found === null
          ? `this \`${problem.open}\` is never closed`
          : `this \`${problem.open}\` is closed by \`${problem.found}\``;
      case 'stray':
        return `this \`${problem.close}\` closes nothing`;
      case 'foreign':
        return problem.what;
      case 'no declaration':
        return `${quoted(problem.found)} begins no declaration`;
    }
  },
  label(problem) {
    if (problem.kind === 'unclosed' && problem.found !== null) return `\`${problem.close}\` is wanted first`;
    if (problem.kind === 'no declaration' && problem.suggestion)
      return `did you mean \`${problem.suggestion}\`?`;
    return '';
  },
  labels: {
    open: () => 'opened here',
    end: () => 'still open where the declaration ends',
  },
  help(problem) {
    switch (problem.kind) {
      case 'place':
      case 'foreign':
        return problem.help;
      case 'unclosed':
        return `write the missing \`${problem.close}\``;
      case 'stray':
        return `remove it, or write the \`${OPEN[problem.close] ?? ''}\` that it belongs to`;
      case 'no declaration':
        if (problem.suggestion) return null;
        if (problem.found === 'gan') return 'remove it: the version stands once, at the top';
        return ['update', 'state', 'stage'].includes(problem.found)
          ? 'write it inside of `train on … { … }`'
          : 'begin with param, latent, data, module, network, generator, discriminator, loss, train, sample or import';
    }
  },
  explanation: `
The text cannot be read here: a sign is missing or too much, or something stands where the language has no place
for it. The message says what may come at this place. Each declaration is read on its own, so one mistake does
not hide those in other declarations.

The slips that happen most:

* \`name = …\` names a tensor or a param; \`key: …\` sets an option or an argument.
* \`->\` stands between all layers of a flow, and between the inputs and the output of a module or network.
* A body that names flows ends with \`return\`.
* Arguments and list items are separated by \`,\`; there is none after the last.
* Comments begin with \`//\`; texts stand in \`"…"\`.

**What to do.** Write what the message asks for; where only one repair is possible it is offered as a fix.
`,
  bad: exampleSpec({
    generator: `
generator G(z) -> faces.image {
  z -> dense(8*8 * 8) -> reshape(8, 8, 8) relu
    -> conv2d_transpose(3, kernel: 4, stride: 2) -> tanh
}`,
  }),
  good: exampleSpec({
    generator: `
generator G(z) -> faces.image {
  z -> dense(8*8 * 8) -> reshape(8, 8, 8) -> relu
    -> conv2d_transpose(3, kernel: 4, stride: 2) -> tanh
}`,
  }),
});

const OPEN: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' };

function quoted(text: string): string {
  return `\`${text.length > 40 ? `${text.slice(0, 39)}…` : text}\``;
}
