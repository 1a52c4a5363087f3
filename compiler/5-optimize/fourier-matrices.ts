/** Places along one axis of a signal: `place · direction + first`, modulo the period, is where the transform sees them. */
export interface Places {
  readonly count: number;
  readonly first: number;
  readonly direction: 1 | -1;
}

/** Over two axes, rows before columns. */
export type Grid<T> = readonly [rows: T, columns: T];

/**
 * A frequency as the transform of a real signal needs it, together with its conjugate. One that is its own conjugate takes
 * one real product; a pair takes three: with a + bi the picture's and c + di the kernel's, c (a + b), a (d − c) and
 * b (c + d).
 */
interface Frequency {
  readonly at: Grid<number>;
  readonly isReal: boolean;
}

/** The three signals of a convolution. */
export type Role = 'picture' | 'kernel' | 'output';

/** What stands in the rows of a frequency at a place, from the cosine and the sine of its angle there. */
type Rows = (cosine: number, sine: number, isReal: boolean) => readonly number[];

/** With the matrices that these make, a convolution is outputᵀ · (picture · x ⊙ kernel · w). */
const ROWS = {
  picture: (cosine, sine, isReal) => (isReal ? [cosine] : [cosine - sine, cosine, -sine]),
  kernel: (cosine, sine, isReal) => (isReal ? [cosine] : [cosine, -sine - cosine, cosine - sine]),
  output: (cosine, sine, isReal) => (isReal ? [cosine] : [2 * (cosine - sine), -2 * sine, -2 * cosine]),
} satisfies Readonly<Record<Role, Rows>>;

function frequenciesOf([rows, columns]: Grid<number>): Frequency[] {
  const all = Array.from({ length: rows * columns }, (_, index) => {
    const [u, v] = [Math.floor(index / columns), index % columns];
    const conjugate = ((rows - u) % rows) * columns + ((columns - v) % columns);
    return { at: [u, v] as const, isReal: conjugate === index, isSecond: conjugate < index };
  });
  return all.filter(({ isSecond }) => !isSecond);
}

/** Real products that the frequencies of these periods take together. */
export function bandsOf([rows, columns]: Grid<number>): number {
  const real = (2 - (rows % 2)) * (2 - (columns % 2));
  return real + (3 * (rows * columns - real)) / 2;
}

/** The matrix of one signal, [bands, places] in row-major order. */
export function fourierMatrix(role: Role, periods: Grid<number>, places: Grid<Places>): number[] {
  const [rows, columns] = periods;
  const scale = role === 'output' ? 1 / (rows * columns) : 1;
  const turns = (axis: 0 | 1, frequency: number) => {
    const { count, first, direction } = places[axis];
    const period = periods[axis];
    return Array.from(
      { length: count },
      (_, place) => ((frequency * (place * direction + first)) % period) / period,
    );
  };
  return frequenciesOf(periods).flatMap(({ at, isReal }) => {
    const across = turns(1, at[1]);
    const angles = turns(0, at[0]).flatMap((down) => across.map((right) => 2 * Math.PI * (down + right)));
    const numbers = angles.map((angle) => ROWS[role](Math.cos(angle), Math.sin(angle), isReal));
    return numbers[0]!.flatMap((_, row) => numbers.map((list) => list[row]! * scale));
  });
}
