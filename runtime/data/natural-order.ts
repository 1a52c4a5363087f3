const collator = new Intl.Collator('en', { numeric: true });

/** The order that people expect of file names: `frame2` before `frame10`. The same on every machine. */
export function naturalOrder(a: string, b: string): number {
  return collator.compare(a, b) || (a < b ? -1 : a > b ? 1 : 0);
}
