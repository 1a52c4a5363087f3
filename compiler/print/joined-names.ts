import type { Param, SpecFile } from '../1-parse/ast.ts';
import { library } from '../2-resolve/library.ts';
import type { Shared } from '../2-resolve/names.ts';
import type { Resolved } from '../2-resolve/resolved.ts';
import { dotted } from './expression.ts';

/**
 * New names for declarations of several files that are put into one. Each file has names of its own, so two may have a
 * `Block`, and one may mean the library's `bce` where another declares its own. What needs no new name is not here, and `params` keep theirs.
 */
export function joinedNames(
  { file, names, namesAt, imported }: Resolved,
  params: Iterable<Param>,
): ReadonlyMap<Shared, string> {
  const own = file.items.filter(
    (item) => item.kind === 'graph' || item.kind === 'loss' || item.kind === 'pretrained',
  );
  const files = [...new Set([...own, ...imported].flatMap((item) => namesAt(item.span).file ?? []))];
  const isVisible = (item: Shared) =>
    [names.losses, names.graphs, names.pretrained].some((known) => known.get(nameOf(item)) === item);
  const rest = imported.filter((item) => item.kind !== 'param');
  const ordered = [...own, ...rest.filter(isVisible), ...rest.filter((item) => !isVisible(item))];
  const kept = [...params].map(({ name }) => name.name);
  const taken = new Set([...kept, ...names.latents.keys(), ...names.datasets.keys()]);
  const renamed = new Map<Shared, string>();
  for (const item of ordered) {
    const name = nameOf(item);
    const isTaken = taken.has(name) || (isNetwork(item) ? false : hidesLibrary(item, name, files, namesAt));
    const free = isTaken ? freshName(name, taken, files) : name;
    if (isTaken) renamed.set(item, free);
    taken.add(free);
  }
  return renamed;
}

export function nameOf(item: Shared): string {
  return item.kind === 'loss' ? dotted(item.path) : item.name.name;
}

function isNetwork(item: Shared): boolean {
  return item.kind === 'pretrained' || (item.kind === 'graph' && item.role !== 'module');
}

/** Whether another file that speaks of this name may mean what the library has under it. */
function hidesLibrary(
  item: Shared,
  name: string,
  files: readonly SpecFile[],
  namesAt: Resolved['namesAt'],
): boolean {
  const first = name.split('.')[0]!;
  const { losses } = namesAt({ file: '<library>', start: 0, end: 0 });
  const shelves: readonly ReadonlyMap<string, unknown>[] = Object.values(library);
  if (!losses.has(name) && !shelves.some((shelf) => shelf.has(name))) return false;
  return files.some((file) => {
    const { graphs, losses: known } = namesAt(file.span);
    return graphs.get(name) !== item && known.get(name) !== item && mentions(file, first);
  });
}

function mentions({ source }: SpecFile, name: string): boolean {
  return new RegExp(`\\b${name}\\b`).test(source.text);
}

/** `Block_2`; of a loss of several parts the first changes: `focal_2.critic`. */
function freshName(name: string, taken: ReadonlySet<string>, files: readonly SpecFile[]): string {
  const [first, ...rest] = name.split('.');
  for (let count = 2; ; count++) {
    const start = `${first}_${count}`;
    const whole = [start, ...rest].join('.');
    if (!taken.has(whole) && !files.some((file) => mentions(file, start))) return whole;
  }
}
