/**
 * A path that is relative to one file, as another file would write it. What lies in a package is written from its
 * `node_modules`, wherever above the spec that was found.
 */
export function movedPath(written: string, from: string, to: string): string {
  if (from === to || written.startsWith('/')) return written;
  const folder = segments(from).slice(0, -1);
  const wanted = segments([...folder, written].join('/'));
  const packages = wanted.indexOf('node_modules');
  if (packages >= 0) return wanted.slice(packages).join('/');
  const start = segments(to).slice(0, -1);
  const differs = start.findIndex((name, index) => name !== wanted[index]);
  const common = differs < 0 ? start.length : differs;
  return [...start.slice(common).map(() => '..'), ...wanted.slice(common)].join('/');
}

/** The names in a path, without steps that lead nowhere. */
function segments(path: string): string[] {
  const names: string[] = [];
  for (const name of path.split(/[\\/]/)) {
    if (name === '..' && names.length > 0 && names.at(-1) !== '..') names.pop();
    else if (name !== '.' && name !== '') names.push(name);
  }
  return names;
}
