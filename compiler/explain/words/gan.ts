import { listOf, type Word } from './word.ts';

/** The language on one page; `words` are all the others. */
export function ganWord(words: readonly Word[]): Word {
  const listed = (kind: Word['kind']) => listOf(words.filter((word) => word.kind === kind));
  return {
    kind: 'declaration',
    name: 'gan',
    also: ['spec', 'language'],
    is: 'The first line of every spec',
    summary: 'the version of the language that it is written in, which is 1',
    text: () => [TEXT, '## Declarations', listed('declaration'), '## Forms', listed('form'), REST],
  };
}

const TEXT = `
This is a whole spec: declarations, in any order. \`->\` feeds the value on its left into the layer on its right. \`name = …\`
names a tensor, \`key: …\` sets an option. A shape is a list, channels last, and the batch is never written. Names of one's own
are made of letters, digits and \`_\`; layers are \`snake_case\`, and modules are best \`PascalCase\`.

There are no conditions, no recursion, and loops only over lists that are known: every spec comes to an end, and can be drawn.
`;

const REST = `
\`// …\` is a comment. \`/// …\` documents the declaration beneath it, or above \`gan 1\` the whole spec: the card of a packed
model begins with that. \`// ganc-ignore CODE: why\` hides a warning on its line or the next. \`ganc fmt\` writes a spec in the
one style, \`ganc expand\` with every default, \`ganc convert\` as JSON.
`;
