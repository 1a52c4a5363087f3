import { createToken, Lexer, type TokenType } from 'chevrotain';

/** Anything that may stand after a dot or before a colon: a name, or a word of the language. */
export const Name = createToken({ name: 'Name', pattern: Lexer.NA });
/** A word that begins a declaration. */
export const Opening = createToken({ name: 'Opening', pattern: Lexer.NA });
export const Role = createToken({ name: 'Role', pattern: Lexer.NA });
export const AddOperator = createToken({ name: 'AddOperator', pattern: Lexer.NA });
export const MultiplyOperator = createToken({ name: 'MultiplyOperator', pattern: Lexer.NA });

export const Id = createToken({ name: 'Id', pattern: /[A-Za-z_][A-Za-z0-9_]*/, categories: [Name] });

const words: TokenType[] = [];

/** Tokens are called as their words are, with a capital: rules have the small names. */
function keyword(word: string, categories: TokenType[] = []): TokenType {
  const token = createToken({
    name: word.replace(/(?:^|_)(\w)/g, (_, letter: string) => letter.toUpperCase()),
    pattern: word,
    longer_alt: Id,
    categories: [Name, ...categories],
  });
  words.push(token);
  return token;
}

export const Import = keyword('import', [Opening]);
export const Param = keyword('param', [Opening]);
export const Latent = keyword('latent', [Opening]);
export const Data = keyword('data', [Opening]);
export const Pretrained = keyword('pretrained', [Opening]);
export const Module = keyword('module', [Opening, Role]);
export const Network = keyword('network', [Opening, Role]);
export const Generator = keyword('generator', [Opening, Role]);
export const Discriminator = keyword('discriminator', [Opening, Role]);
export const Loss = keyword('loss', [Opening]);
export const Train = keyword('train', [Opening]);
export const Sample = keyword('sample', [Opening]);
export const Evaluate = keyword('evaluate', [Opening]);

export const Gan = keyword('gan');
export const From = keyword('from');
export const On = keyword('on');
export const In = keyword('in');
export const For = keyword('for');
export const Repeat = keyword('repeat');
export const PerFrame = keyword('per_frame');
export const Return = keyword('return');
export const State = keyword('state');
export const Stage = keyword('stage');
export const Update = keyword('update');
export const True = keyword('true');
export const False = keyword('false');
export const None = keyword('none');

export const Hole = createToken({ name: 'Hole', pattern: '_', longer_alt: Id });
export const Num = createToken({ name: 'Num', pattern: /\d+(?:_\d+)*(?:\.\d+(?:_\d+)*)?(?:[eE][+-]?\d+)?/ });
export const Str = createToken({
  name: 'Str',
  // biome-ignore lint/suspicious/noControlCharactersInRegex: a text holds none
  pattern: /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/,
});

const sign = (name: string, pattern: string, categories: TokenType[] = []) =>
  createToken({ name, pattern, categories });

export const Arrow = sign('Arrow', '->');
export const Plus = sign('Plus', '+', [AddOperator]);
export const Minus = sign('Minus', '-', [AddOperator]);
export const Times = sign('Times', '*', [MultiplyOperator]);
export const Over = sign('Over', '/', [MultiplyOperator]);
export const LeftParen = sign('LeftParen', '(');
export const RightParen = sign('RightParen', ')');
export const LeftBracket = sign('LeftBracket', '[');
export const RightBracket = sign('RightBracket', ']');
export const LeftBrace = sign('LeftBrace', '{');
export const RightBrace = sign('RightBrace', '}');
export const Comma = sign('Comma', ',');
export const Colon = sign('Colon', ':');
export const Equals = sign('Equals', '=');
export const Dot = sign('Dot', '.');

const CommentToken = createToken({ name: 'Comment', pattern: /\/\/[^\n\r]*/, group: 'comments' });
const Blank = createToken({ name: 'Blank', pattern: /[ \t\r\n\uFEFF]+/, group: Lexer.SKIPPED });

/**
 * What the language does not know, taken as a token all the same, so that the rest of the file is read and
 * the mistake can be named: any other sign, such as `→`.
 */
export const Foreign = createToken({
  name: 'Foreign',
  pattern: /\S/,
  // Chevrotain sorts tokens by their first character, and beyond Latin-1 by pages of 256.
  start_chars_hint: Array.from({ length: 512 }, (_, i) => (i < 256 ? i : (i - 255) * 256)),
});

/** A text that does not end, or has a backslash before a letter that means nothing. */
const BrokenText = createToken({
  name: 'BrokenText',
  pattern: /"(?:[^"\\\n\r]|\\[^\n\r])*["\\]?/,
  categories: [Foreign],
});

const SingleQuoted = createToken({ name: 'SingleQuoted', pattern: /'[^'\n\r]*'?/, categories: [Foreign] });

/** The same for longer signs, such as `==` and a comment between slashes and stars: looked at before the shorter right ones. */
const LongForeign = createToken({
  name: 'LongForeign',
  pattern: /\/\*(?:[^*]|\*(?!\/))*(?:\*\/)?|[=!<>]=|=>|\|>|&&|\|\||\+=|\*\*/,
  categories: [Foreign],
  line_breaks: true,
});

export const allTokens: TokenType[] = [
  Blank,
  CommentToken,
  LongForeign,
  Arrow,
  ...words,
  Hole,
  Id,
  Num,
  Str,
  Plus,
  Minus,
  Times,
  Over,
  LeftParen,
  RightParen,
  LeftBracket,
  RightBracket,
  LeftBrace,
  RightBrace,
  Comma,
  Colon,
  Equals,
  Dot,
  BrokenText,
  SingleQuoted,
  Foreign,
  Name,
  Opening,
  Role,
  AddOperator,
  MultiplyOperator,
];

/** Words that may not be used as a name of one's own. */
export const keywords: ReadonlySet<string> = new Set(words.map((token) => token.PATTERN as string));

/** Words that begin a declaration. */
export const declarationWords: readonly string[] = words
  .filter((token) => token.CATEGORIES?.includes(Opening))
  .map((token) => token.PATTERN as string);
