import { WHOLE_TRAINING } from '../../schedules/schedule.ts';
import type { ScheduledNumber, ScheduleValue } from '../model.ts';

/** Steps at which a schedule is looked at: enough for any that a person would write. */
const LOOKS = 256;

/** What a number is over a training: its values at steps spread evenly from the first to the last. */
export function valuesOver(value: ScheduledNumber, steps: number): readonly number[] {
  if (typeof value === 'number') return [value];
  const looks = Math.min(steps, LOOKS);
  return Array.from({ length: looks }, (_, look) =>
    valueAt(value, Math.round((look * (steps - 1)) / Math.max(1, looks - 1))),
  );
}

export function valueAt({ schedule, args }: ScheduleValue, step: number): number {
  return schedule.value(args, step, WHOLE_TRAINING);
}
