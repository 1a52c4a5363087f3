import { wholeTimes } from '../schedules/times.ts';
import type { Training, UpdatePlan } from './model.ts';

/** How often an update runs in the first step of its stage. */
export function timesAtFirst({ times }: UpdatePlan, { stage }: Training): number {
  return typeof times === 'number' ? times : wholeTimes(times.schedule.value(times.args, stage.start, stage));
}
