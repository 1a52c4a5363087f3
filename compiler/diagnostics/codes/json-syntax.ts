import { defineDiagnostic } from '../diagnostic.ts';

export const jsonSyntax = defineDiagnostic<{
  /** What stands here, as written; null at the end of the file. */
  readonly found: string | null;
  /** What JSON allows here, in words. */
  readonly wanted: string;
  /** What to do about a slip that is known. */
  readonly help: string | null;
}>({
  code: 'json-syntax',
  severity: 'error',
  number: null,
  title: 'A file that is not JSON',
  message: ({ found, wanted }) =>
    found === null
      ? `the file ends where JSON needs ${wanted}`
      : `JSON needs ${wanted} here, but here stands \`${found}\``,
  help: ({ help }) => help,
  explanation: `
A spec in its JSON form is ordinary JSON: names and texts in double quotes, \`,\` between entries and none after
the last, no comments. (Doc comments have a key of their own, \`"doc"\`.)

**What to do.** Write what the message asks for. \`ganc convert SPEC\` turns the text form, which is friendlier to
hands, into JSON and back.
`,
  bad: '{\n "gan": 1,\n "params": {"ch": 64,}\n}\n',
  good: '{\n "gan": 1\n}\n',
});
