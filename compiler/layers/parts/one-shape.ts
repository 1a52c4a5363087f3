import type { Dim } from '../../3-check/dim.ts';
import { addShapeMismatch } from '../../diagnostics/codes/add-shape-mismatch.ts';
import type { ShapeQuery } from '../layer.ts';

/** The shape that all inputs have; null after saying which two differ. */
export function oneShape(query: ShapeQuery, operator: string): readonly Dim[] | null {
  const first = query.inputs[0]!;
  const index = query.inputs.findIndex((shape) => shape.join() !== first.join());
  if (index < 0) return first;
  return query.report(addShapeMismatch, {
    facts: { operator, left: first, right: query.inputs[index]! },
    also: { left: query.inputSpans[0]!, right: query.inputSpans[index]! },
  });
}
