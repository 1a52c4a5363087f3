import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { ImportFinder } from '../../compiler/source/import-finder.ts';

/** Looks for imports of a spec: files in its own folder, and packages where npm installs them. */
export function importFinder(spec: string): ImportFinder {
  const folder = path.dirname(path.resolve(spec === '-' ? '.' : spec));
  return (from) => {
    if (from.startsWith('.')) {
      const file = path.resolve(folder, from);
      return file.startsWith(folder + path.sep) && existsSync(file) ? 'found' : 'missing';
    }
    if (!/^(@[\w-][\w.-]*\/)?[\w-][\w.-]*$/.test(from)) return 'missing';
    for (let at = folder; ; at = path.dirname(at)) {
      const packaged = path.join(at, 'node_modules', from, 'package.json');
      if (existsSync(packaged)) return sharesSpec(packaged) ? 'found' : 'no gan entry';
      if (at === path.dirname(at)) return 'missing';
    }
  };
}

/** Whether a package.json has `"exports": { ".": { "gan": "./index.gan" } }`. */
function sharesSpec(file: string): boolean {
  try {
    const { exports } = JSON.parse(readFileSync(file, 'utf8')) as { exports?: Record<string, unknown> };
    const main = exports?.['.'] as Record<string, unknown> | undefined;
    return typeof main?.gan === 'string';
  } catch {
    return false;
  }
}
