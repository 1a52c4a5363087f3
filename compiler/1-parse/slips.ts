import type { IToken, TokenType } from 'chevrotain';
import type { Stop } from './syntax-error.ts';
import * as T from './tokens.ts';

/** What to do about a mistake, where it is one of those that everybody makes. */
export interface Advice {
  /** In words what may come, where the grammar's own answer would mislead. */
  readonly wanted: string | null;
  readonly help: string | null;
  /** The token to blame, where it is not the one at which reading stopped. */
  readonly at: IToken | null;
  readonly edit: {
    readonly title: string;
    readonly start: number;
    readonly end: number;
    readonly text: string;
  } | null;
}

const NOTHING: Advice = { wanted: null, help: null, at: null, edit: null };

/** Tries the slips in turn; the first that fits answers. */
export function advise(stop: Stop): Advice {
  for (const slip of slips) {
    const advice = slip(stop);
    if (advice) return { ...NOTHING, ...advice };
  }
  return NOTHING;
}

type Slip = (stop: Stop) => Partial<Advice> | null;

const is = (token: IToken | null | undefined, type: TokenType) => token?.tokenType === type;
const isWord = (token: IToken | null | undefined) =>
  !!token && (is(token, T.Id) || (token.tokenType.CATEGORIES?.includes(T.Name) ?? false));
const isKeyword = (token: IToken | null | undefined) => isWord(token) && !is(token, T.Id);
const isLoop = (token: IToken | null) => is(token, T.For) || is(token, T.Repeat) || is(token, T.PerFrame);
const end = (token: IToken) => token.endOffset! + 1;
const beginsValue = (token: IToken) =>
  isWord(token) || [T.Num, T.Str, T.LeftBracket, T.LeftParen, T.Hole].includes(token.tokenType);
const sameLine = (a: IToken, b: IToken) => (a.startLine ?? 0) === (b.startLine ?? 0);

const insert = (title: string, at: number, text: string): Advice['edit'] => ({
  title,
  start: at,
  end: at,
  text,
});
const replace = (title: string, token: IToken, text: string): Advice['edit'] => ({
  title,
  start: token.startOffset,
  end: end(token),
  text,
});

/** A word behind a number; among options it was taken for the name of the next one. */
function wordAfterNumber({ found, previous, tokens, index, rule, expected }: Stop) {
  const isName = expected === 'Colon' && (rule === 'setting' || rule === 'field' || rule === 'data');
  const [number, word] = isName ? [tokens[index - 2], previous] : [previous, found];
  return is(number, T.Num) && isWord(word) && sameLine(number!, word!)
    ? { number: number!, word: word! }
    : null;
}

/** `2ch` for `2*ch`, `8x8` for `[8, 8]`. */
const missingTimes: Slip = (stop) => {
  const pair = wordAfterNumber(stop);
  if (!pair || end(pair.number) !== pair.word.startOffset) return null;
  const { number, word } = pair;
  const sizes = /^(?:x\d+)+$/.test(word.image) ? [number.image, ...word.image.slice(1).split('x')] : null;
  const right = sizes ? `[${sizes.join(', ')}]` : `${number.image}*${word.image}`;
  return {
    wanted: 'an operator such as `*`',
    help: `write ${right}`,
    at: word,
    edit: { title: `Write \`${right}\``, start: number.startOffset, end: end(word), text: right },
  };
};

/** `every: 100 steps` */
const unit: Slip = (stop) => {
  const word = wordAfterNumber(stop)?.word;
  return word && !isKeyword(word)
    ? {
        wanted: 'an operator such as `*`',
        at: word,
        help: `remove \`${word.image}\`, or write an operator such as \`*\` before it`,
      }
    : null;
};

/** `.5` for `0.5`. */
const bareFraction: Slip = ({ found, previous, tokens, index, valueMissing }) =>
  (valueMissing || isOpener(previous)) && is(found, T.Dot) && is(tokens[index + 1], T.Num)
    ? { help: `write 0.${tokens[index + 1]!.image}`, edit: insert('Write `0.`', found!.startOffset, '0') }
    : null;

/** `folder(./faces)` and `folder(data/faces)` */
const barePath: Slip = ({ found, previous, rule, tokens, index }) =>
  rule === 'args' &&
  (isOpener(previous) || is(previous, T.Comma)) &&
  (is(found, T.Dot) || is(found, T.Over) || (isKeyword(found) && is(tokens[index + 1], T.Over)))
    ? { wanted: 'a value', help: 'write a path in quotes, such as "data/faces"' }
    : null;

/** `betas: (0.5, 0.999)` */
const listInParentheses: Slip = ({ found, rule }) =>
  rule === 'group' && is(found, T.Comma) ? { help: 'write a list in `[…]`' } : null;

/** `kernel=4` in parentheses, `lr = 1e-4` among options, `latent z = normal(100)`. */
const equalsForColon: Slip = ({ found, previous, rule, expected }) => {
  if (!is(found, T.Equals) || !isWord(previous)) return null;
  if (rule !== 'args' && expected !== 'Colon') return null;
  const what = rule === 'args' ? 'an argument is' : rule === 'latent' ? 'a latent is' : 'an option is';
  return {
    wanted: '`:`',
    help: `write \`${previous!.image}: …\`; ${what} given with \`:\``,
    edit: { title: 'Write `:`', start: end(previous!), end: end(found!), text: ':' },
  };
};

/** `param ch: 64`, `h: x -> relu` in a body. */
const colonForEquals: Slip = ({ found, previous, rule, expected }) => {
  if (!is(found, T.Colon)) return null;
  const inBody = (rule === 'body' || rule === 'result') && isWord(previous);
  if (!inBody && expected !== 'Equals') return null;
  return {
    wanted: '`=`',
    help: `write \`${previous!.image} = …\`; a ${rule === 'param' ? 'param' : rule === 'loss' ? 'loss' : 'tensor'} is named with \`=\``,
    edit: { title: 'Write `=`', start: end(previous!), end: end(found!), text: ' =' },
  };
};

/** `[1, 2,]` */
const trailingComma: Slip = ({ found, previous, valueMissing }) =>
  is(previous, T.Comma) && (valueMissing || isCloser(found)) && isCloser(found)
    ? {
        wanted: 'one more item',
        help: 'remove the `,` before it',
        edit: replace('Remove `,`', previous!, ''),
      }
    : null;
const isOpener = (token: IToken | null) => is(token, T.LeftParen) || is(token, T.LeftBracket);
const isCloser = (token: IToken | null) =>
  is(token, T.RightParen) || is(token, T.RightBracket) || is(token, T.RightBrace);

/** `{ batch: 64, steps: 100 }`, and two losses with `,` between them. */
const commaBetweenEntries: Slip = ({ found, expected, tokens, index }) => {
  if (!is(found, T.Comma) || expected !== 'RightBrace') return null;
  const [next, afterNext] = [tokens[index + 1] ?? null, tokens[index + 2]];
  const isEnd = isCloser(next) || is(next, T.Arrow) || is(afterNext, T.Colon) || is(afterNext, T.Equals);
  return isEnd
    ? { help: 'remove the `,`; lines need none', edit: replace('Remove `,`', found!, '') }
    : { help: 'join the terms of a loss with an operator such as `+`' };
};

/** `data faces = folder("…")` */
const equalsForFrom: Slip = ({ found, expected }) =>
  expected === 'From' && is(found, T.Equals)
    ? { help: 'write `from` before the source of the data', edit: replace('Write `from`', found!, 'from') }
    : null;

/** `module Up(x: [H, W, C]) { … }` and `module Up(x: [H, W, C]) [H, W, C] { … }` */
const missingOutput: Slip = ({ found, rules, expected }) => {
  if (rules.at(-1) !== 'graph' || expected !== 'Arrow' || !found) return null;
  if (is(found, T.LeftBrace)) {
    return {
      wanted: '`->` and what it makes',
      help: 'write `-> [shape]` before the body, for example `-> [H, W, C]`',
    };
  }
  return {
    help: 'write `->` between the inputs and the output',
    edit: insert('Write `->`', found.startOffset, '-> '),
  };
};

/** A loop that begins a line of a body, where it is a layer. */
const looseLoop: Slip = ({ found, previous, rule }) =>
  (rule === 'body' || rule === 'result') &&
  isLoop(found) &&
  (is(previous, T.LeftBrace) || !sameLine(previous!, found!))
    ? {
        wanted: 'a flow such as `x -> relu`',
        help: `write it as a layer of a flow: \`x -> ${found!.image} …\``,
      }
    : null;

/** The same in `train`, which is no flow at all. */
const loopInTrain: Slip = ({ found, rule }) =>
  (rule === 'train' || rule === 'trainEntry') && isLoop(found)
    ? {
        help: `write ${found!.image} as a layer of a flow: x -> ${found!.image} …; names and updates are written one by one`,
      }
    : null;

/** `x[0]` */
const indexed: Slip = ({ found, previous, valueMissing }) =>
  !valueMissing &&
  is(found, T.LeftBracket) &&
  (isWord(previous) || is(previous, T.RightParen)) &&
  end(previous!) === found!.startOffset
    ? { help: 'take a part by a layer, such as pick_channels, pick_frames or crop; there are no indices' }
    : null;

/** A body that names flows, but does not say which is the result. */
const missingReturn: Slip = ({ found, previous, rules, expected, tokens, index }) => {
  if (rules.at(-1) !== 'result' || expected !== 'Return' || !found) return null;
  if (is(found, T.RightBrace)) {
    const name = tokens
      .slice(0, index)
      .findLast((token, i) => is(token, T.Id) && is(tokens[i + 1], T.Equals));
    return {
      help: `end the body with \`return\`, for example \`return ${name?.image ?? 'x'}\``,
    };
  }
  if (sameLine(previous!, found)) return null;
  return {
    help: 'write `return` before the flow that is the result',
    edit: insert('Write `return`', found.startOffset, 'return '),
  };
};

/** The same, where the first name of the result was taken for the name of a flow. */
const returnForgotten: Slip = ({ found, previous, rules, expected }) =>
  rules.at(-1) === 'binding' &&
  rules.includes('body') &&
  expected === 'Equals' &&
  previous &&
  !is(found, T.Colon)
    ? {
        wanted: '`name = …` or `return`',
        help: 'write `return` before the flow that is the result',
        at: previous,
        edit: insert('Write `return`', previous.startOffset, 'return '),
      }
    : null;

/** `x = …` below a flow that was meant to be named or returned. */
const unnamedFlow: Slip = ({ found, tokens, index, rule, expected }) =>
  rule === 'body' && expected === 'RightBrace' && is(found, T.Id) && is(tokens[index + 1], T.Equals)
    ? {
        wanted: '`->` or `}`',
        help: tokens.slice(0, index).some((token) => is(token, T.Return))
          ? 'write named flows above `return`'
          : 'name the flow above (`h = …`), and end the body with `return`',
      }
    : null;

/** `x conv2d(64)` for `x -> conv2d(64)`. */
const missingArrow: Slip = (stop) => {
  const { found, previous, tokens, index, rule, expected } = stop;
  const inFlow = [
    'body',
    'chain',
    'result',
    'trainEntry',
    'train',
    'setting',
    'param',
    'declaration',
  ].includes(rule);
  if (!inFlow || stop.valueMissing || expected === 'LeftBrace' || !found || !previous) return null;
  // In a list of options the layer was taken for the name of the next one.
  if (rule === 'setting' && expected === 'Colon') {
    const before = tokens[index - 2];
    if (!isWord(previous) || !before || !sameLine(before, previous) || is(before, T.LeftBrace)) return null;
    return { wanted: '`->`', at: previous, ...arrowBefore(previous) };
  }
  const next = tokens[index + 1];
  if (!isWord(found) || is(next, T.Equals) || is(next, T.Colon)) return null;
  if (isKeyword(found) && !isLoop(found) && !is(found, T.None)) return null;
  if (rule === 'declaration' && !sameLine(previous, found)) return null;
  if (is(previous, T.LeftBrace)) return null;
  if ((rule === 'train' || rule === 'trainEntry') && !sameLine(previous, found)) return null;
  return { wanted: '`->`', ...arrowBefore(found) };
};
const arrowBefore = (token: IToken) => ({
  help: 'write `->` between layers',
  edit: insert('Write `->`', token.startOffset, '-> '),
});

/** `x -> mean + y`: what is behind an arrow is a layer, with which nothing can be calculated. */
const operatorAfterFlow: Slip = ({ found, tokens, index }) => {
  const operators = [T.Plus, T.Minus, T.Times, T.Over];
  if (!found || !operators.some((operator) => is(found, operator))) return null;
  // Back to where the layer before it began.
  let depth = 0;
  const before = tokens.slice(0, index).findLast((token) => {
    if (isCloser(token)) depth += 1;
    else if (depth > 0 && (isOpener(token) || is(token, T.LeftBrace))) depth -= 1;
    else if (depth === 0 && !isWord(token) && !is(token, T.Dot)) return true;
    return false;
  });
  return is(before, T.Arrow)
    ? {
        wanted: '`->`, or the end of the flow',
        help: `put the flow in parentheses to calculate with it: (… -> …) ${found.image} …`,
      }
    : null;
};

/** `[64 64 3]`, `conv2d(64 kernel: 4)` */
const missingComma: Slip = ({ found, previous, rule, valueMissing }) =>
  !valueMissing &&
  ['args', 'list', 'ports', 'record', 'recordType'].includes(rule) &&
  found &&
  previous &&
  beginsValue(found) &&
  !is(previous, T.LeftParen)
    ? { help: 'write `,` between them', edit: insert('Write `,`', end(previous), ',') }
    : null;

/** `param loss = 1`, and a keyword where a value must come, such as `mnist(part: train)`. */
const takenName: Slip = ({ found, previous, rule, expected, valueMissing }) => {
  if (!isKeyword(found) || (expected !== 'Id' && !valueMissing)) return null;
  if (rule === 'args' && is(previous, T.Colon)) {
    return {
      help: `\`${found!.image}\` is a word of the language: put it in quotes`,
      edit: replace('Put it in quotes', found!, `"${found!.image}"`),
    };
  }
  return { help: `choose another name: \`${found!.image}\` is a word of the language` };
};

/** `if`, `while` and the like, read as names at first. */
const conditions: Slip = ({ found, previous, tokens }) =>
  [found, previous, tokens.at(0)].some((token) =>
    ['if', 'else', 'while', 'def', 'fn', 'let'].includes(token?.image ?? ''),
  )
    ? noConditions
    : null;
const noConditions = {
  help: 'use params, `for` and `repeat`: the language has no conditions and no functions',
};

/** `train faces { … }` and `train { … }` */
const missingOn: Slip = ({ found, rule, expected }) => {
  if (rule !== 'train' || expected !== 'On') return null;
  if (is(found, T.LeftBrace)) {
    return { wanted: '`on` and a data set', help: 'name the data set: `train on faces { … }`' };
  }
  return is(found, T.Id)
    ? { help: `write train on ${found!.image}`, edit: insert('Write `on`', found!.startOffset, 'on ') }
    : null;
};

const slips: readonly Slip[] = [
  missingTimes,
  bareFraction,
  barePath,
  listInParentheses,
  equalsForColon,
  colonForEquals,
  trailingComma,
  commaBetweenEntries,
  equalsForFrom,
  missingOutput,
  looseLoop,
  loopInTrain,
  indexed,
  missingReturn,
  returnForgotten,
  unnamedFlow,
  missingOn,
  conditions,
  operatorAfterFlow,
  missingComma,
  unit,
  missingArrow,
  takenName,
];
