import { listText } from '../diagnostics/wording.ts';
import type { Argument, ArgumentKind } from './argument.ts';

const KINDS: Readonly<Record<ArgumentKind, string>> = {
  size: 'a whole number',
  sizes: 'whole numbers',
  int: 'a whole number',
  number: 'a number',
  scheduled: 'a number or a schedule',
  boolean: 'true or false',
  choice: 'a word',
  string: 'a text',
  points: 'points [step, value]',
  padding: '"same", "valid", a number, or [a number or [before, after], …]',
  distribution: 'a distribution',
  constraint: 'a constraint',
  shape: 'a shape',
  interval: 'an interval [low, high]',
};

/** The values that an argument takes, in words: `a number from 0 to 1`, `"same" or "valid"`. */
export function kindText({ kind, min, max, choices }: Argument): string {
  if (choices) {
    return listText(
      choices.map((choice) => `"${choice}"`),
      'or',
    );
  }
  const bounds =
    min !== undefined && max !== undefined
      ? ` from ${min} to ${max}`
      : min !== undefined
        ? ` of at least ${min}`
        : max !== undefined
          ? ` of at most ${max}`
          : '';
  return `${KINDS[kind]}${bounds}`;
}
