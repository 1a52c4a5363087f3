import type { Argument } from './argument.ts';

/** What a call takes, as it would be written: `conv2d(filters, kernel: 3, stride: 1, weights)`. */
export function signatureText(name: string, table: readonly Pick<Argument, 'name' | 'default'>[]): string {
  const written = table.map(({ name: argument, default: value }) =>
    value === undefined || value === null ? argument : `${argument}: ${JSON.stringify(value)}`,
  );
  return written.length === 0 ? name : `${name}(${written.join(', ')})`;
}
