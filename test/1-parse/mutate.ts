// Specs that have been damaged at random: bytes, words and lines changed, removed, doubled, moved. The same
// seed gives the same damage.

export type Random = () => number;

/** Numbers in [0, 1) from a seed (mulberry32). */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

const SCRAPS = [
  '->',
  '(',
  ')',
  '[',
  ']',
  '{',
  '}',
  ',',
  ':',
  '=',
  '.',
  '_',
  '"',
  "'",
  '\\',
  '//',
  '///',
  '/*',
  '\n',
  ' ',
  '\t',
  '\r\n',
  '1e999',
  '-1',
  '0',
  '1e9',
  '999999999999',
  '0.5.5',
  '1_',
  'gan 1',
  'for f in ',
  'repeat 1000000000 ',
  'per_frame ',
  'return ',
  'none',
  'true',
  'module ',
  'train on ',
  'update ',
  'param ',
  'loss ',
  'in ',
  'null',
  'Infinity',
  '😀',
  '\u0000',
  '\ufeff',
  '\ud800',
  '→',
  '((((((((((',
  '[[[[[[[[[[',
  '--',
  '==',
  '__proto__',
  'constructor',
  '$',
  '`',
  '\\u0000',
  '"op": ',
  '"args": [',
  '{"for": "f", "in": [1], "do": ["f"]}',
];

/** A damaged copy of a text; `others` are texts to take pieces from. */
export function mutate(text: string, others: readonly string[], random: Random): string {
  const below = (limit: number) => Math.floor(random() * limit);
  const pick = <T>(list: readonly T[]): T => list[below(list.length)]!;
  let result = text;
  for (let times = 1 + below(4); times > 0; times--) {
    const at = below(result.length + 1);
    const length = below(random() < 0.8 ? 6 : 80);
    const words = [...result.matchAll(/[A-Za-z_]\w*|\d[\d_.]*|[^\s\w]/g)];
    const word = words.length > 0 ? pick(words) : null;
    const lines = result.split('\n');
    switch (below(10)) {
      case 0:
        result = result.slice(0, at) + result.slice(at + length);
        break;
      case 1:
        result = result.slice(0, at) + pick(SCRAPS) + result.slice(at);
        break;
      case 2:
        result =
          result.slice(0, at) +
          String.fromCharCode(below(random() < 0.9 ? 127 : 65_536)) +
          result.slice(at + 1);
        break;
      case 3:
        if (word) result = result.slice(0, word.index) + result.slice(word.index + word[0].length);
        break;
      case 4:
        if (word)
          result = result.slice(0, word.index) + pick(SCRAPS) + result.slice(word.index + word[0].length);
        break;
      case 5:
        if (word && words.length > 1) {
          result = result.slice(0, word.index) + pick(words)[0] + result.slice(word.index + word[0].length);
        }
        break;
      case 6:
        lines.splice(below(lines.length), 1);
        result = lines.join('\n');
        break;
      case 7:
        lines.splice(below(lines.length), 0, pick(lines), pick(lines));
        result = lines.join('\n');
        break;
      case 8: {
        const other = pick(others);
        const from = below(other.length);
        result = result.slice(0, at) + other.slice(from, from + below(200)) + result.slice(at);
        break;
      }
      default:
        result = result.slice(0, at);
    }
  }
  return result;
}
