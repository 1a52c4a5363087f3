import type { Argument } from '../../arguments/argument.ts';
import { argumentValue } from '../../diagnostics/codes/argument-value.ts';
import type { ShapeQuery } from '../layer.ts';
import { paddingOf, pairsText, sidesText } from './windows.ts';

/** How much is added to or taken from a map at each of its sides. */
export function borderArgument(verb: string): Argument {
  return {
    name: 'padding',
    kind: 'padding',
    summary: `how much to ${verb} on every side, in pixels, or [before, after] per axis`,
  };
}

export type Border = readonly (readonly [before: number, after: number])[];

/** The border for a map with so many axes; null after saying what does not fit. */
export function borderFor(query: ShapeQuery, layer: string, axes: number): Border | null {
  const border = paddingOf(query.args, axes);
  if (typeof border !== 'string' && border.length === axes) return border;
  return query.report(argumentValue, {
    at: query.args.span('padding') ?? query.span,
    facts: {
      call: layer,
      name: 'padding',
      wanted: `a number, or ${pairsText(axes)}`,
      given: typeof border === 'string' ? JSON.stringify(border) : sidesText(border),
    },
  });
}
