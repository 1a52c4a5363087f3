/** What a package.json says that matters here. */
export interface PackageFacts {
  readonly version: string | null;
  readonly license: string | null;
  /** The spec that the package shares under a subpath (`.`, `./video`), as its `exports` say it; null for none. */
  entry(subpath: string): string | null;
  /** The subpaths under which it shares specs. */
  readonly shares: readonly string[];
}

/** Reads a package.json, which may say anything; null when it is not JSON with an object in it. */
export function packageFacts(text: string): PackageFacts | null {
  const manifest = asObject(parsed(text));
  if (!manifest) return null;
  const table = exportsTable(manifest.exports);
  const entries = Object.entries(table).flatMap(([key, value]) => {
    const target = ganTarget(value);
    return target === null ? [] : [[key, target] as const];
  });
  return {
    version: typeof manifest.version === 'string' ? manifest.version : null,
    license: typeof manifest.license === 'string' ? manifest.license : null,
    entry(subpath) {
      for (const [key, target] of entries) {
        if (key === subpath) return target;
        const [before, after] = key.split('*');
        if (after === undefined || !subpath.startsWith(before!) || !subpath.endsWith(after)) continue;
        const middle = subpath.slice(before!.length, subpath.length - after.length);
        if (middle !== '') return target.replaceAll('*', middle);
      }
      return null;
    },
    shares: entries.map(([key]) => key),
  };
}

/** `exports` by subpath; an object of conditions alone is that of `.`. */
function exportsTable(value: unknown): Readonly<Record<string, unknown>> {
  const table = asObject(value);
  if (!table) return {};
  return Object.keys(table).every((key) => key.startsWith('.')) ? table : { '.': table };
}

/** What a subpath is under the condition `gan`. */
function ganTarget(value: unknown): string | null {
  const target = asObject(value)?.gan;
  if (typeof target === 'string') return target;
  const fallback = asObject(target)?.default;
  return typeof fallback === 'string' ? fallback : null;
}

function asObject(value: unknown): Readonly<Record<string, unknown>> | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : null;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
