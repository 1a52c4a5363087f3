import type { Argument } from '../arguments/argument.ts';

/**
 * Where data comes from: `mnist()`, `folder("data/faces")`. The compiler knows what it takes and which
 * fields it can give; `runtime/data/` opens it.
 */
export interface Source {
  readonly name: string;
  readonly summary: string;
  readonly documentation: string;
  readonly arguments: readonly Argument[];
  /** What a field may be, in the order of the fields that a spec declares. */
  readonly gives: readonly SourceField[];
  /** Where the modes of its points are, where that is known; `number` gives its arguments. */
  modes?(number: (argument: string) => number): Modes;
}

/** The centres of a mixture of equally many points around each, and the standard deviation around them. */
export interface Modes {
  readonly centres: readonly (readonly number[])[];
  readonly std: number;
}

export type SourceField =
  /** Pictures; `size` and `channels` when the files fix them, else they are converted to what is declared. */
  | {
      readonly kind: 'image';
      readonly size?: readonly [height: number, width: number];
      readonly channels?: number;
    }
  | { readonly kind: 'video' }
  | { readonly kind: 'label'; readonly classes?: number }
  | { readonly kind: 'vector'; readonly size: number };
