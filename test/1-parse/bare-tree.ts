/**
 * A syntax tree without what the two forms may differ in: places, comments, and how a number is spelt
 * (`50_000`, `2e-4`).
 */
export function bareTree(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(bareTree);
  if (typeof value !== 'object' || value === null) return value;
  const isNumber = (value as { kind?: unknown }).kind === 'number';
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .filter(
        ([key]) =>
          !['span', 'docSpan', 'versionSpan', 'source', 'comments'].includes(key) &&
          !(isNumber && key === 'text'),
      )
      .map(([key, child]) => [key, bareTree(child)]),
  );
}
