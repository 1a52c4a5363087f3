/**
 * A size: a polynomial with rational coefficients over named sizes and over quotients that do not come out
 * even (`ceil(H/2)`). Immutable and in normal form, so that equal sizes are equal texts.
 */
export class Dim {
  static of(value: number): Dim {
    return new Dim(value);
  }

  readonly #value: number;
  private constructor(value: number) {
    this.#value = value;
  }

  /** The number, when it has no names in it. */
  get value(): number | null {
    return this.#value;
  }
}
