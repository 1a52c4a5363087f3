import type { ScheduledNumber } from '../3-check/model.ts';
import type { Arguments, ArgumentValue } from '../arguments/arguments.ts';
import type { PlainSchedule } from '../schedules/times.ts';

/** Arguments as plain JSON, as programs carry them; sizes are numbers by now. */
export function plainArguments(args: Arguments): Record<string, unknown> {
  return Object.fromEntries([...args.entries()].map(([name, value]) => [name, plain(value)]));
}

/** How often an update runs, as plain data. */
export function plainTimes(times: ScheduledNumber): number | PlainSchedule {
  if (typeof times === 'number') return times;
  return { schedule: times.schedule.name, args: plainArguments(times.args) };
}

function plain(value: ArgumentValue): unknown {
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map(plain);
  if ('arguments' in value) return { call: value.name, arguments: plainArguments(value.arguments) };
  return 'value' in value ? value.value : value;
}
