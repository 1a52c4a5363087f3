import { InvalidArgumentError } from 'commander';

/** `--steps 20_000`: a whole number between two bounds, for `command.option(…, wholeNumber(1))`. */
export function wholeNumber(least: number, most = Number.MAX_SAFE_INTEGER): (text: string) => number {
  return (text) => {
    const value = /^\d+(_\d+)*$/.test(text) ? Number(text.replaceAll('_', '')) : Number.NaN;
    if (value >= least && value <= most) return value;
    const bounds = most === Number.MAX_SAFE_INTEGER ? `of at least ${least}` : `from ${least} to ${most}`;
    throw new InvalidArgumentError(`Give a whole number ${bounds}.`);
  };
}

/** `--grid 8x8`: rows and columns. */
export function grid(text: string): readonly [rows: number, columns: number] {
  const [, rows, columns] = /^(\d{1,3})[x×](\d{1,3})$/.exec(text) ?? [];
  if (Number(rows) >= 1 && Number(columns) >= 1) return [Number(rows), Number(columns)];
  throw new InvalidArgumentError('Give rows and columns, such as 8x8.');
}

/** `--set ch=32 --set size=64`: collected into one object. */
export function setting(
  text: string,
  before: Readonly<Record<string, string>> = {},
): Readonly<Record<string, string>> {
  const at = text.indexOf('=');
  if (at < 1 || at === text.length - 1)
    throw new InvalidArgumentError('Give a param and its value, such as ch=32.');
  return { ...before, [text.slice(0, at).trim()]: text.slice(at + 1).trim() };
}

/** For commands that read pretrained models and no other data. */
export const modelRoot = [
  '--data-root <folder>',
  'where pretrained models lie, instead of the folder of the spec',
] as const;
