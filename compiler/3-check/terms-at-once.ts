/** What the way to one term of a loss leaves behind for the way back, in numbers, and what is on its way at once. */
export interface Term {
  /** By pass through a network. */
  readonly passes: ReadonlyMap<string, number>;
  readonly flight: number;
}

/** The most that is kept at once where terms that share no pass are worked off one after the other. */
export function mostAtOnce(terms: readonly Term[]): number {
  return Math.max(0, ...connected(terms).map(ofConnected));
}

/** What is kept where all of it is. */
export function allOf(terms: readonly Term[]): number {
  return (
    Math.max(0, ...terms.map(({ flight }) => flight)) +
    sum(new Map(terms.flatMap(({ passes }) => [...passes])))
  );
}

/** Terms in groups, such that no pass leads to terms of two groups. */
function connected(terms: readonly Term[]): readonly (readonly Term[])[] {
  let groups: Term[][] = [];
  for (const term of terms) {
    const isNear = (group: readonly Term[]) =>
      group.some(({ passes }) => [...passes.keys()].some((pass) => term.passes.has(pass)));
    groups = [...groups.filter((group) => !isNear(group)), [term, ...groups.filter(isNear).flat()]];
  }
  return groups;
}

/** What several terms rest on waits for all of them; what only one does is made and given back in its turn. */
function ofConnected(terms: readonly Term[]): number {
  const isShared = (pass: string) => terms.filter(({ passes }) => passes.has(pass)).length > 1;
  const [shared, own] = [new Map<string, number>(), terms.map(() => new Map<string, number>())];
  terms.forEach(({ passes }, index) => {
    for (const [pass, numbers] of passes) (isShared(pass) ? shared : own[index]!).set(pass, numbers);
  });
  return sum(shared) + Math.max(...terms.map(({ flight }, index) => sum(own[index]!) + flight));
}

function sum(passes: ReadonlyMap<string, number>): number {
  return [...passes.values()].reduce((total, numbers) => total + numbers, 0);
}
