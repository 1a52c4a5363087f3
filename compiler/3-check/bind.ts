import type { Argument } from '../arguments/argument.ts';
import { Arguments, type ArgumentValue } from '../arguments/arguments.ts';
import { argumentValue } from '../diagnostics/codes/argument-value.ts';
import { notAWholeNumber } from '../diagnostics/codes/not-a-whole-number.ts';
import type { Span } from '../source/span.ts';
import { readArgument } from './argument-reading.ts';
import { assign, type Call } from './assign.ts';
import { type Context, mistake } from './context.ts';
import { Dim } from './dim.ts';
import type { ScheduleValue } from './model.ts';
import { textAt } from './source-text.ts';
import type { Given, Value } from './values.ts';

/** What was bound. Options that are schedules stand apart: their value is not known while checking. */
export interface Bound {
  readonly args: Arguments;
  readonly schedules: ReadonlyMap<string, ScheduleValue>;
}

/**
 * Checks what a call is given against its table: names, number, kinds and limits. Null when a mistake was
 * reported, or when a value is unknown because of one.
 */
export function bind(
  ctx: Context,
  call: Call,
  table: readonly Argument[],
  given: readonly Given[],
): Bound | null {
  const assigned = assign(ctx, call, table, given);
  return assigned && readAssigned(ctx, call, table, assigned);
}

/** The values of the arguments of a table, once it is known which of them was given what. */
export function readAssigned(
  ctx: Context,
  call: Call,
  table: readonly Argument[],
  assigned: ReadonlyMap<string, readonly Given[]>,
): Bound | null {
  const values = new Map<string, ArgumentValue>();
  const spans = new Map<string, Span>();
  const schedules = new Map<string, ScheduleValue>();
  let sound = true;
  for (const argument of table) {
    const found = assigned.get(argument.name);
    if (!found) {
      values.set(argument.name, defaultOf(argument));
      continue;
    }
    const read = readAll(ctx, call, argument, found);
    if (read === undefined) {
      sound = false;
      continue;
    }
    if (isSchedule(read)) schedules.set(argument.name, read);
    else values.set(argument.name, read);
    const last = found[found.length - 1]!;
    spans.set(argument.name, { ...found[0]!.span, end: last.span.end });
  }
  return sound ? { args: new Arguments(values, spans), schedules } : null;
}

function defaultOf(argument: Argument): ArgumentValue {
  const value = argument.default!;
  if (argument.kind === 'size' && typeof value === 'number') return Dim.of(value);
  if ((argument.kind === 'sizes' || argument.kind === 'shape') && Array.isArray(value)) {
    return (value as readonly number[]).map((size) => Dim.of(size));
  }
  return value;
}

/** The value of an argument; undefined after a mistake was reported or when it is unknown. */
function readAll(
  ctx: Context,
  call: Call,
  argument: Argument,
  found: readonly Given[],
): ArgumentValue | ScheduleValue | undefined {
  const several = argument.kind === 'sizes' || argument.kind === 'points';
  let value: Value = found[0]!.value;
  // `reshape(4, 4, 512)` and `shape: [4, 4, 512]` are the same.
  if (
    several &&
    (argument.rest || found.length > 1) &&
    !(found.length === 1 && listOfLists(argument, value))
  ) {
    value = { kind: 'list', items: found.map((g) => g.value) };
  }
  const last = found[found.length - 1]!;
  const valueSpan = found[0]!.expr?.span ?? found[0]!.span;
  const at = { ...valueSpan, end: last.expr?.span.end ?? last.span.end };
  const read = readArgument(argument, value);
  switch (read.kind) {
    case 'value':
      return read.value;
    case 'unknown':
      return undefined;
    case 'not whole':
      mistake(ctx, notAWholeNumber, {
        at,
        facts: {
          name: `${argument.name} of ${call.name}`,
          written: textAt(ctx.world, at),
          value: read.value,
          min: argument.min ?? 1,
        },
      });
      return undefined;
    case 'other':
      mistake(ctx, argumentValue, {
        at,
        facts: {
          call: call.name,
          name: argument.name,
          wanted: read.wanted,
          given: read.given,
          instead: read.instead,
        },
      });
      return undefined;
  }
}

/** Whether one value is already the whole list: `shape: [4, 4]` for sizes, `[[0, 1], [9, 0]]` for points. */
function listOfLists(argument: Argument, value: Value): boolean {
  if (value.kind !== 'list') return value.kind === 'unknown';
  return argument.kind === 'sizes' || value.items.every((item) => item.kind === 'list');
}

function isSchedule(value: ArgumentValue | ScheduleValue): value is ScheduleValue {
  return typeof value === 'object' && value !== null && 'schedule' in value;
}
