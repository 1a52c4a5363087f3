import type { IRecognitionException, IToken } from 'chevrotain';
import { syntax } from '../diagnostics/codes/syntax.ts';
import { replaceFix } from '../diagnostics/fixes.ts';
import type { Reporter } from '../diagnostics/reporter.ts';
import type { Place } from './expression-builder.ts';
import { advise } from './slips.ts';
import * as T from './tokens.ts';

/** Where reading stopped, and what the grammar was doing. */
export interface Stop {
  /** All tokens of the piece, and the index of the one that could not be read: their number at the end. */
  readonly tokens: readonly IToken[];
  readonly index: number;
  readonly found: IToken | null;
  readonly previous: IToken | null;
  /** Rules that had begun, outermost first. */
  readonly rules: readonly string[];
  /** The innermost of them that has signs of its own: `args`, `list`, `body`, … */
  readonly rule: string;
  /** The token that had to come; null where several could. */
  readonly expected: string | null;
  /** Whether a value or a layer is missing, rather than what follows one. */
  readonly valueMissing: boolean;
}

/** Rules that only pass through to others once a value has been read. */
const TRANSPARENT = new Set([
  'expr',
  'term',
  'unary',
  'atom',
  'dotted',
  'flow',
  'ref',
  'type',
  'step',
  'arg',
  'port',
]);

/**
 * Chevrotain's exception in plain words. The `message` of an exception is the name of the token that had to
 * come, empty where several could.
 */
export function reportSyntax(
  tokens: readonly IToken[],
  error: IRecognitionException,
  place: Place,
  reporter: Reporter,
): void {
  const stop = stopOf(tokens, error);
  const advice = advise(stop);
  const at = advice.at ?? stop.found ?? tokens.at(-1)!;
  const edit = advice.edit;
  const found = advice.at ?? stop.found;
  const previous = tokens[tokens.indexOf(at) - (stop.found || advice.at ? 1 : 0)] ?? null;
  reporter.report(syntax, {
    at: place(at.startOffset, at.endOffset! + 1),
    facts: {
      kind: 'place',
      found: found?.image ?? null,
      after: previous?.image ?? null,
      wanted: advice.wanted ?? wantedAt(stop),
      help: advice.help,
    },
    fixes: edit ? [replaceFix(edit.title, place(edit.start, edit.end), edit.text, true)] : [],
  });
}

function stopOf(tokens: readonly IToken[], error: IRecognitionException): Stop {
  const at = tokens.indexOf(error.token);
  const index = at < 0 ? tokens.length : at;
  const rules = error.context.ruleStack;
  const last = rules.at(-1) ?? 'declaration';
  const expected = error.message === '' ? null : error.message;
  return {
    tokens,
    index,
    found: tokens[index] ?? null,
    previous: tokens[index - 1] ?? null,
    rules,
    rule: rules.findLast((rule) => !TRANSPARENT.has(rule)) ?? 'declaration',
    expected,
    valueMissing:
      ['atom', 'step', 'unary', 'dotted'].includes(last) && (expected === null || expected === 'Id'),
  };
}

/** What may come where the grammar stopped, in words. */
function wantedAt(stop: Stop): string {
  const { expected, rule, rules, previous } = stop;
  if (stop.valueMissing)
    return rules.includes('step') && previous?.tokenType === T.Arrow ? 'a layer' : 'a value';
  switch (rule) {
    case 'args':
    case 'ports':
    case 'record':
    case 'recordType':
      if (expected === 'RightParen' || expected === null) return '`,` or `)`';
      break;
    case 'list':
      if (expected === 'RightBracket' || expected === null) return '`,` or `]`';
      break;
    case 'group':
      return '`)`';
    case 'chain':
      if (expected === 'RightBrace') return '`->` or `}`';
      break;
    case 'data':
      if (expected === 'RightBrace') return 'a field such as `image: [64, 64, 3]`, or `}`';
      if (expected === 'LeftBrace') return '`{` and fields such as `image: [64, 64, 3]`';
      break;
    case 'options':
      if (expected === 'RightBrace') return 'an option such as `steps: 1_000`, or `}`';
      break;
    case 'body':
      if (expected === 'RightBrace')
        return stop.tokens.some((t) => t.tokenType === T.Return) ? '`}`' : '`->` or `}`';
      break;
    case 'trainEntry':
    case 'train':
      if (expected === 'RightBrace' || expected === null) {
        return '`name = …`, `option: …`, `update NAME { … }` or `}`';
      }
      break;
    case 'declaration':
      return 'the next declaration';
  }
  return WORDS[expected ?? ''] ?? 'something else';
}

const WORDS: Readonly<Record<string, string>> = {
  Id: 'a name',
  Name: 'a name',
  Str: 'a text such as `"data/faces"`',
  Num: 'a number',
  Arrow: '`->`',
  Colon: '`:`',
  Comma: '`,`',
  Equals: '`=`',
  LeftParen: '`(`',
  RightParen: '`)`',
  LeftBracket: '`[`',
  RightBracket: '`]`',
  LeftBrace: '`{`',
  RightBrace: '`}`',
  From: '`from`',
  On: '`on`',
  In: '`in`',
  Return: '`return`',
};
