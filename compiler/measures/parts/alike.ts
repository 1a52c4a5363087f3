import type { MeasureQuery, Refusal } from '../measure.ts';

/** Refuses made and real samples of different shapes. */
export function unlessAlike({ shapes }: MeasureQuery): Refusal | null {
  const [made, real] = [shapes.get('made')!, shapes.get('real')!];
  if (made.join() === real.join()) return null;
  return { name: 'real', wanted: `samples of the shape of those made, [${made.join(', ')}]` };
}
