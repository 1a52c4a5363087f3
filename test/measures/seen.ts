import { Arguments } from '../../compiler/arguments/arguments.ts';
import type { Measure } from '../../compiler/measures/measure.ts';
import type { Modes } from '../../compiler/sources/source.ts';

/** The figures of a measure for samples written out, by input; arguments are those by default but for `args`. */
export function figuresOf(
  measure: Measure,
  samples: Readonly<Record<string, readonly (readonly number[])[]>>,
  {
    shape,
    modes = {},
    args = {},
  }: {
    readonly shape?: readonly number[];
    readonly modes?: Readonly<Record<string, Modes>>;
    readonly args?: Readonly<Record<string, number>>;
  } = {},
): Readonly<Record<string, number>> {
  const seen = Object.entries(samples).map(([name, rows]) => {
    const values = Float32Array.from(rows.flat());
    return [name, { count: rows.length, shape: shape ?? [rows[0]!.length], values }] as const;
  });
  const defaults = measure.arguments.map((one) => [one.name, one.default!] as const);
  return measure.measure({
    samples: new Map(seen),
    modes: new Map(Object.entries(modes)),
    args: new Arguments(new Map([...defaults, ...Object.entries(args)])),
  });
}
