import { scheduleOffTheEnd } from '../../diagnostics/codes/schedule-off-the-end.ts';
import type { Span } from '../../source/span.ts';
import { allNetworks, type GraphNode, type ScheduleValue, type UpdatePlan } from '../model.ts';
import { defineLint } from './lint.ts';
import { valueAt, valuesOver } from './schedule-values.ts';

/** Ends where a ramp is over, after images rather than steps; until then it has done its work all the same. */
const WITHOUT_AIM: ReadonlySet<string> = new Set(['half_life']);

export const scheduleOffTheEndLint = defineLint({
  codes: ['schedule-off-the-end'],
  check({ model, report, training }) {
    if (!training) return;
    const { steps, updates, graph } = training.training;
    const stepsSpan = training.trainOption('steps')?.span;
    const look = (value: unknown, place: Span): void => {
      if (!isSchedule(value) || WITHOUT_AIM.has(value.schedule.name)) return;
      const { schedule, args } = value;
      const end = schedule.end(args);
      if (end === null || end <= steps) return;
      const values = valuesOver(value, steps);
      report.report(scheduleOffTheEnd, {
        at: args.span('over') ?? args.span('points') ?? place,
        facts: {
          schedule: schedule.name,
          end,
          steps,
          first: values[0]!,
          last: values.at(-1)!,
          arrives: valueAt(value, end),
          stands: values.every((one) => one === values[0]),
        },
        ...(stepsSpan && { also: { steps: stepsSpan } }),
      });
    };
    for (const update of updates) {
      const place = training.option(update, 'optimizer')?.value.span ?? update.span;
      for (const value of schedulesOf(update)) look(value, place);
    }
    for (const { op, span } of [graph, ...allNetworks(model).map((network) => network.graph)].flat()) {
      for (const value of schedulesIn(op)) look(value, span);
    }
  },
});

function schedulesOf({ optimizer, times, ema, clip }: UpdatePlan): readonly unknown[] {
  return [...optimizer.options.values(), times, ema, clip.norm, clip.gradients, clip.weights];
}

function schedulesIn(op: GraphNode['op']): readonly ScheduleValue[] {
  if (op.kind === 'schedule') return [op.schedule];
  return op.kind === 'layer' ? [...op.schedules.values()] : [];
}

function isSchedule(value: unknown): value is ScheduleValue {
  return typeof value === 'object' && value !== null;
}
