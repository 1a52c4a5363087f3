import { defineDiagnostic } from '../diagnostic.ts';
import { listText } from '../wording.ts';

export type JsonStructureProblem =
  /** A key that has no place here. */
  | {
      readonly kind: 'unknown key';
      readonly key: string;
      readonly owner: string;
      readonly suggestion: string | null;
      readonly known: readonly string[];
    }
  | { readonly kind: 'missing key'; readonly key: string; readonly owner: string }
  /** A value of the wrong kind: `a list`, `an object`. */
  | { readonly kind: 'wrong kind'; readonly wanted: string; readonly found: string; readonly owner: string }
  | { readonly kind: 'twice'; readonly key: string }
  /** A key or text that stands for a name and cannot be one. */
  | { readonly kind: 'not a name'; readonly text: string; readonly taken: boolean };

export const jsonStructure = defineDiagnostic<JsonStructureProblem>({
  code: 'json-structure',
  severity: 'error',
  number: null,
  title: 'JSON that does not have the form of a spec',
  message(problem) {
    switch (problem.kind) {
      case 'unknown key':
        return `${problem.owner} has no key \`${problem.key}\``;
      case 'missing key':
        return `${problem.owner} needs the key \`${problem.key}\``;
      case 'wrong kind':
        return `${problem.owner} is ${problem.wanted}, but here stands ${problem.found}`;
      case 'twice':
        return `\`${problem.key}\` is written twice`;
      case 'not a name':
        return problem.taken
          ? `\`${problem.text}\` is a word of the language and cannot be a name`
          : `\`${problem.text}\` cannot be a name`;
    }
  },
  label: (problem) =>
    problem.kind === 'unknown key' && problem.suggestion ? `did you mean \`${problem.suggestion}\`?` : '',
  help(problem) {
    switch (problem.kind) {
      case 'unknown key':
        return problem.suggestion || problem.known.length === 0
          ? null
          : `use one of ${listText(problem.known, 'or')}`;
      case 'missing key':
        return `add \`"${problem.key}": …\``;
      case 'wrong kind':
        return `write ${problem.wanted}`;
      case 'twice':
        return 'keep one of them';
      case 'not a name':
        return problem.taken ? 'choose another name' : 'use letters, digits and _, with a letter first';
    }
  },
  explanation: `
The JSON form of a spec mirrors the text form one to one: \`params\`, \`latents\`, \`data\`, \`modules\`, \`networks\`,
\`generators\`, \`discriminators\`, \`losses\`, \`train\`, \`sample\`. A flow is a list; a layer with arguments is
\`{"op": "conv2d", "filters": 64, "kernel": 4}\`; any other expression is a number or a text such as \`"2 * H"\`.
Here a key is misspelt or missing, or a value is of another kind than its place needs.

**What to do.** Correct the key, or look at how the same thing is written in \`ganc convert SPEC.gan\`. The JSON
Schema \`specs/schema/gan.schema.json\` lets an editor complete keys and show their meaning.
`,
  bad: '{\n "gan": 1,\n "parms": {"ch": 64}\n}\n',
  good: '{\n "gan": 1\n}\n',
});
