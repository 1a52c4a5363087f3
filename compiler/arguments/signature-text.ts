import type { Argument } from './argument.ts';

/** A tensor that a call takes besides its arguments; one that may be left out is written with its name. */
interface Side {
  readonly name: string;
  readonly optional?: boolean;
}

/** What a call takes, as it would be written: `conv2d(filters, kernel: 3, stride: 1, weights)`. */
export function signatureText(
  name: string,
  table: readonly Pick<Argument, 'name' | 'default'>[],
  sides: readonly Side[] = [],
): string {
  const tensors = (optional: boolean) =>
    sides.filter((side) => (side.optional ?? false) === optional).map((side) => side.name);
  const written = table.map(({ name: argument, default: value }) =>
    value === undefined || value === null ? argument : `${argument}: ${JSON.stringify(value)}`,
  );
  const all = [...tensors(false), ...written, ...tensors(true)];
  return all.length === 0 ? name : `${name}(${all.join(', ')})`;
}
