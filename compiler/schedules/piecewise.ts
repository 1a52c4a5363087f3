import type { Arguments } from '../arguments/arguments.ts';
import type { Schedule } from './schedule.ts';

export const piecewise: Schedule = {
  name: 'piecewise',
  summary: 'straight lines between [step, value] points',
  documentation: `
\`piecewise([0, 2e-4], [40_000, 2e-4], [80_000, 0])\` holds for 40,000 steps and falls to 0 in the next 40,000. Before the first
point and after the last it is what it is there. Two points at one step make a jump, which takes place at that step.
`,
  arguments: [
    { name: 'points', kind: 'points', summary: 'pairs [step, value], steps in rising order', rest: true },
  ],
  value(args, step) {
    const points = pointsOf(args);
    const next = points.findIndex(([at]) => at > step);
    if (next < 0) return points.at(-1)![1];
    if (next === 0) return points[0]![1];
    const [[start, from], [end, to]] = [points[next - 1]!, points[next]!];
    return from + ((to - from) * (step - start)) / (end - start);
  },
  end: (args) => pointsOf(args).at(-1)![0],
};

function pointsOf(args: Arguments): readonly (readonly [step: number, value: number])[] {
  return args.raw('points') as unknown as readonly (readonly [number, number])[];
}
