/**
 * The name that was probably meant: the same ignoring case and underscores, else the one with the smallest
 * edit distance, when that is at most a third of the length of what was written. Null when none is near.
 */
export function nearest(written: string, known: Iterable<string>): string | null {
  const limit = Math.floor(written.length / 3);
  const plain = bare(written);
  let best: string | null = null;
  let bestDistance = limit + 1;
  for (const name of known) {
    if (name === written) continue;
    if (bare(name) === plain) return name;
    if (Math.abs(name.length - written.length) >= bestDistance) continue;
    const distance = editDistance(written.toLowerCase(), name.toLowerCase(), bestDistance);
    if (distance < bestDistance) {
      best = name;
      bestDistance = distance;
    }
  }
  return best;
}

/** All known names from the nearest on, for a list of suggestions. */
export function nearestFew(written: string, known: Iterable<string>, count: number): string[] {
  const limit = Math.max(2, Math.ceil(written.length / 2));
  return [...known]
    .map((name) => ({ name, distance: editDistance(written.toLowerCase(), name.toLowerCase(), limit + 1) }))
    .filter(({ name, distance }) => distance <= limit || name.includes(written))
    .sort((a, b) => a.distance - b.distance || a.name.localeCompare(b.name))
    .slice(0, count)
    .map(({ name }) => name);
}

function bare(name: string): string {
  return name.toLowerCase().replaceAll('_', '').replaceAll('-', '');
}

/**
 * Insertions, deletions, changes and swaps of neighbours that turn one text into the other (Damerau, 1964, in
 * its restricted form); `limit` or more once it is certain not to be less.
 */
export function editDistance(a: string, b: string, limit = Infinity): number {
  if (Math.abs(a.length - b.length) >= limit) return limit;
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    let smallest = i;
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let cost = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        cost = Math.min(cost, before[j - 2]! + 1);
      }
      row.push(cost);
      smallest = Math.min(smallest, cost);
    }
    if (smallest >= limit) return limit;
    before = last;
    last = row;
  }
  return Math.min(last[b.length]!, limit);
}
