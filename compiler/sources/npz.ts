import type { Source } from './source.ts';

export const npz: Source = {
  name: 'npz',
  summary: 'numbers of any shape, such as time series, sound or features, in a file of NumPy',
  documentation: `
\`npz("data/speech.npz")\`: every field is the array of its name in a file that \`numpy.savez("speech.npz", mel=…, wave=…)\` or
\`savez_compressed\` wrote, with the examples along the first axis. Any number of fields of any shapes; examples at one place belong
together. A label is an array of whole numbers from 0. A last axis of 1 may be left out in the file.

Floating point numbers and whole numbers are taken as they are, and must lie in the range that is declared. Bytes (\`uint8\`) are
levels of pictures, and are converted to the declared range as images are. All of it is held in memory.

\`\`\`gan
data speech from npz("data/speech.npz") {
  mel:     [32, 80]
  wave:    [8192, 1] in [-1, 1]
  speaker: label(20)
}
\`\`\`
`,
  arguments: [
    { name: 'path', kind: 'string', summary: 'path of the .npz file, from the folder of the spec' },
  ],
  // Fields are found by their names, and may be anything.
  gives: [],
};
