/**
 * A size: a polynomial with whole coefficients over named sizes and over quotients that do not come out even
 * (`ceil(H/2)`). Immutable and in normal form, so that equal sizes are equal texts.
 *
 * A size that is known to be a multiple of something is held as a multiple of its part: `Dim.named('H', 2)`
 * is `2 * (H/2)`, so halving it is exact, and everything is still written in terms of `H`.
 */
export class Dim {
  /** A known size. */
  static of(value: number): Dim {
    if (!Number.isSafeInteger(value)) throw new SizeTooLarge();
    return new Dim(value === 0 ? [] : [{ coefficient: value, atoms: [] }]);
  }

  /** A named size, which may be promised to be a multiple of `multiple`. */
  static named(name: string, multiple = 1): Dim {
    const atom: Atom = { kind: 'name', name, multiple, key: multiple === 1 ? name : `${name}/${multiple}` };
    return Dim.#sum([{ coefficient: multiple, atoms: [atom] }]);
  }

  readonly #terms: readonly Term[];
  #text: string | undefined;

  private constructor(terms: readonly Term[]) {
    this.#terms = terms;
  }

  /** The number, when it has no names in it. */
  get value(): number | null {
    if (this.#terms.length === 0) return 0;
    const [only] = this.#terms;
    return this.#terms.length === 1 && only!.atoms.length === 0 ? only!.coefficient : null;
  }

  plus(other: Dim | number): Dim {
    // Outside of modules all sizes are known, so that is made quick.
    const [a, b] = [this.value, typeof other === 'number' ? other : other.value];
    if (a !== null && b !== null) return Dim.of(a + b);
    return Dim.#sum([...this.#terms, ...lift(other).#terms]);
  }

  minus(other: Dim | number): Dim {
    return this.plus(lift(other).times(-1));
  }

  times(other: Dim | number): Dim {
    const [a, b] = [this.value, typeof other === 'number' ? other : other.value];
    if (a !== null && b !== null) return Dim.of(a * b);
    const factor = lift(other);
    if (this.#terms.length * factor.#terms.length > MAX_PRODUCTS) throw new SizeTooLarge();
    const products = this.#terms.flatMap((a) =>
      factor.#terms.map((b) => ({
        coefficient: a.coefficient * b.coefficient,
        atoms: [...a.atoms, ...b.atoms].sort(byKey),
      })),
    );
    return Dim.#sum(products);
  }

  /** The quotient when it is known to be a whole number, else null. */
  over(divisor: number): Dim | null {
    if (!(Number.isInteger(divisor) && divisor !== 0)) return null;
    if (this.#terms.some((t) => t.coefficient % divisor !== 0)) return null;
    return Dim.#sum(this.#terms.map((t) => ({ ...t, coefficient: t.coefficient / divisor })));
  }

  /** The quotient rounded down. The divisor is a whole number of at least 1. */
  floorOver(divisor: number): Dim {
    if (divisor === 1) return this;
    // What divides comes out: floor((n·a + b) / n) = a + floor(b / n), for whole a.
    const whole: Term[] = [];
    const rest: Term[] = [];
    for (const term of this.#terms) {
      const quotient = Math.floor(term.coefficient / divisor);
      const remainder = term.coefficient - quotient * divisor;
      if (quotient !== 0) whole.push({ ...term, coefficient: quotient });
      if (remainder !== 0) rest.push({ ...term, coefficient: remainder });
    }
    if (rest.every((t) => t.atoms.length === 0)) return Dim.#sum(whole);
    return Dim.#sum([...whole, ...Dim.#quotient(Dim.#sum(rest), divisor).#terms]);
  }

  /** The quotient rounded up. The divisor is a whole number of at least 1. */
  ceilOver(divisor: number): Dim {
    return this.plus(divisor - 1).floorOver(divisor);
  }

  equals(other: Dim | number): boolean {
    if (this === other) return true;
    const [a, b] = [this.value, typeof other === 'number' ? other : other.value];
    return a !== null || b !== null ? a === b : this.toString() === other.toString();
  }

  /** The names in it, each once. */
  get names(): ReadonlySet<string> {
    const names = new Set<string>();
    for (const { atoms } of this.#terms) {
      for (const atom of atoms) {
        if (atom.kind === 'name') names.add(atom.name);
        else for (const name of atom.numerator.names) names.add(name);
      }
    }
    return names;
  }

  /**
   * Puts sizes in the place of names; names without one stay. Null when a name that is promised to be a
   * multiple gets a size that is not.
   */
  substitute(sizes: ReadonlyMap<string, Dim>): Dim | null {
    if (this.value !== null) return this;
    let sum = Dim.of(0);
    for (const { coefficient, atoms } of this.#terms) {
      let product = Dim.of(coefficient);
      for (const atom of atoms) {
        const factor = replaced(atom, sizes);
        if (!factor) return null;
        product = product.times(factor);
      }
      sum = sum.plus(product);
    }
    return sum;
  }

  /**
   * When this is `a·name + b` with known a and b, and nothing else: the two numbers, by which an equation is
   * solved for the name.
   */
  linearIn(name: string): { factor: number; offset: number } | null {
    let factor = 0;
    let offset = 0;
    for (const { coefficient, atoms } of this.#terms) {
      const [atom, ...more] = atoms;
      if (!atom) offset = coefficient;
      else if (more.length === 0 && atom.kind === 'name' && atom.name === name)
        factor = coefficient / atom.multiple;
      else return null;
    }
    return factor === 0 ? null : { factor, offset };
  }

  toString(): string {
    this.#text ??= written(this.#terms);
    return this.#text;
  }

  /** Sums terms with the same atoms, in a fixed order: highest degree first, then by the alphabet. */
  static #sum(terms: readonly Term[]): Dim {
    const byAtoms = new Map<string, Term>();
    for (const term of terms) {
      const key = term.atoms.map((a) => a.key).join('·');
      const coefficient = (byAtoms.get(key)?.coefficient ?? 0) + term.coefficient;
      if (!Number.isSafeInteger(coefficient)) throw new SizeTooLarge();
      byAtoms.set(key, { coefficient, atoms: term.atoms });
    }
    const kept = [...byAtoms].filter(([, term]) => term.coefficient !== 0);
    kept.sort(([a, x], [b, y]) => y.atoms.length - x.atoms.length || (a < b ? -1 : 1));
    if (kept.length > MAX_TERMS || kept.some(([, t]) => t.atoms.length > MAX_DEGREE))
      throw new SizeTooLarge();
    return new Dim(kept.map(([, term]) => term));
  }

  /** floor(numerator / divisor), where nothing more comes out of the numerator, as one new atom. */
  static #quotient(numerator: Dim, divisor: number): Dim {
    const constant = numerator.#terms.find((t) => t.atoms.length === 0)?.coefficient ?? 0;
    const named = numerator.#terms.filter((t) => t.atoms.length > 0);
    // floor((g·x + c) / (g·m)) = floor((x + floor(c / g)) / m), for whole x.
    const shared = named.reduce((g, t) => gcd(g, t.coefficient), divisor);
    if (shared > 1) {
      const reduced = named.map((t) => ({ ...t, coefficient: t.coefficient / shared }));
      const inner = Dim.#sum(reduced).plus(Math.floor(constant / shared));
      return inner.floorOver(divisor / shared);
    }
    // floor((floor(x / a) + k) / b) = floor((x + a·k) / (a·b)), for whole k.
    const nested = named.find(
      (t) => t.coefficient === 1 && t.atoms.length === 1 && t.atoms[0]!.kind === 'floor',
    );
    const atom = nested?.atoms[0];
    if (nested && atom?.kind === 'floor') {
      const rest = numerator.minus(Dim.#sum([nested]));
      return atom.numerator.plus(rest.times(atom.divisor)).floorOver(atom.divisor * divisor);
    }
    if (!Number.isSafeInteger(divisor) || depth(numerator) >= MAX_DEPTH) throw new SizeTooLarge();
    const key = `floor((${numerator})/${divisor})`;
    return Dim.#sum([{ coefficient: 1, atoms: [{ kind: 'floor', numerator, divisor, key }] }]);
  }

  /** The terms, for the functions of this file. */
  static terms(dim: Dim): readonly Term[] {
    return dim.#terms;
  }
}

/** Thrown when a size grows beyond what can be held exactly, or becomes too long to be meant. */
export class SizeTooLarge extends Error {
  constructor() {
    super('a size is too large');
  }
}

const MAX_TERMS = 64;
const MAX_PRODUCTS = 1024;
const MAX_DEGREE = 12;
const MAX_DEPTH = 8;

interface Term {
  readonly coefficient: number;
  /** In the order of their keys; one of degree two stands twice. */
  readonly atoms: readonly Atom[];
}

type Atom =
  /** One `multiple`-th of a named size. */
  | { readonly kind: 'name'; readonly name: string; readonly multiple: number; readonly key: string }
  | { readonly kind: 'floor'; readonly numerator: Dim; readonly divisor: number; readonly key: string };

function lift(size: Dim | number): Dim {
  return typeof size === 'number' ? Dim.of(size) : size;
}

function byKey(a: Atom, b: Atom): number {
  return a.key < b.key ? -1 : a.key > b.key ? 1 : 0;
}

function gcd(a: number, b: number): number {
  return b === 0 ? Math.abs(a) : gcd(b, a % b);
}

/** How deep quotients stand in quotients. */
function depth(dim: Dim): number {
  const depths = Dim.terms(dim).flatMap((t) =>
    t.atoms.map((a) => (a.kind === 'floor' ? 1 + depth(a.numerator) : 0)),
  );
  return Math.max(0, ...depths);
}

function replaced(atom: Atom, sizes: ReadonlyMap<string, Dim>): Dim | null {
  if (atom.kind === 'floor') return atom.numerator.substitute(sizes)?.floorOver(atom.divisor) ?? null;
  const size = sizes.get(atom.name) ?? Dim.named(atom.name, atom.multiple);
  return size.over(atom.multiple);
}

/** As a person would write it: `2*H`, `ceil(H/2)`, `H*W - 1`. */
function written(terms: readonly Term[]): string {
  if (terms.length === 0) return '0';
  let text = '';
  for (const { coefficient, atoms } of terms) {
    const product = writtenProduct(Math.abs(coefficient), atoms);
    if (text === '') text = coefficient < 0 ? `-${product}` : product;
    else text += coefficient < 0 ? ` - ${product}` : ` + ${product}`;
  }
  return text;
}

function writtenProduct(coefficient: number, atoms: readonly Atom[]): string {
  // The part of a promised multiple is written as a fraction of the whole: 3·(H/2) is 3*H/2.
  const denominator = atoms.reduce((d, a) => (a.kind === 'name' ? d * a.multiple : d), 1);
  const shared = gcd(coefficient, denominator);
  const factor = coefficient / shared;
  const parts = atoms.map(writtenAtom);
  if (factor !== 1 || parts.length === 0) parts.unshift(String(factor));
  const divisor = denominator / shared;
  return divisor === 1 ? parts.join('*') : `${parts.join('*')}/${divisor}`;
}

function writtenAtom(atom: Atom): string {
  if (atom.kind === 'name') return atom.name;
  const { numerator, divisor } = atom;
  // floor((x + n - 1) / n) is ceil(x / n).
  const terms = Dim.terms(numerator);
  const last = terms[terms.length - 1]!;
  const roundsUp = last.atoms.length === 0 && last.coefficient === divisor - 1;
  const shown = roundsUp ? numerator.minus(divisor - 1) : numerator;
  const bare = Dim.terms(shown).length === 1 && !shown.toString().includes('/');
  return `${roundsUp ? 'ceil' : 'floor'}(${bare ? shown : `(${shown})`}/${divisor})`;
}
