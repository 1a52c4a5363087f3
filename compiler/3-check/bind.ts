import type { Argument } from '../arguments/argument.ts';
import { Arguments, type ArgumentValue } from '../arguments/arguments.ts';
import { signatureText } from '../arguments/signature-text.ts';
import { argumentValue } from '../diagnostics/codes/argument-value.ts';
import { notAWholeNumber } from '../diagnostics/codes/not-a-whole-number.ts';
import { unknownArgument } from '../diagnostics/codes/unknown-argument.ts';
import { renameFix } from '../diagnostics/fixes.ts';
import { suggestArgument } from '../diagnostics/framework-spellings.ts';
import type { Span } from '../source/span.ts';
import { readArgument } from './argument-reading.ts';
import { type Context, mistake } from './context.ts';
import { Dim } from './dim.ts';
import type { ScheduleValue } from './model.ts';
import { textAt } from './source-text.ts';
import type { Given, Value } from './values.ts';

/** Whose arguments are bound, and what they are called. */
export interface Call {
  readonly name: string;
  readonly noun: 'argument' | 'option';
  /** The name and its parentheses. */
  readonly span: Span;
}

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
  if (!assigned) return null;
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

/** Which argument gets which values: names first come first, those without a name in the order of the table. */
function assign(
  ctx: Context,
  call: Call,
  table: readonly Argument[],
  given: readonly Given[],
): Map<string, Given[]> | null {
  const assigned = new Map<string, Given[]>();
  const takes = call.noun === 'argument' ? signatureText(call.name, table) : null;
  const facts = { call: call.name, noun: call.noun, signature: takes };
  const places = table[Symbol.iterator]();
  let place = places.next().value as Argument | undefined;
  let sound = true;
  const positional = given.filter((g) => g.name === null);
  for (const one of given) {
    const argument = one.name === null ? place : table.find((a) => a.name === one.name);
    if (one.name !== null && !argument) {
      const suggestion = suggestArgument(
        one.name,
        table.map((a) => a.name),
      );
      mistake(ctx, unknownArgument, {
        at: one.nameSpan,
        facts: { ...facts, problem: 'unknown', name: one.name, suggestion },
        fixes: suggestion ? [renameFix(one.nameSpan, suggestion)] : [],
      });
      sound = false;
    } else if (!argument) {
      mistake(ctx, unknownArgument, {
        at: one.span,
        facts: { ...facts, problem: 'too many', given: positional.length, takes: table.length },
      });
      return null;
    } else {
      const before = assigned.get(argument.name);
      if (before && !(argument.rest && one.name === null)) {
        mistake(ctx, unknownArgument, {
          at: one.name === null ? one.span : one.nameSpan,
          facts: { ...facts, problem: 'twice', name: argument.name },
          also: { first: before[0]!.nameSpan },
        });
        sound = false;
      } else if (before) before.push(one);
      else assigned.set(argument.name, [one]);
      if (one.name === null && !argument.rest) place = places.next().value as Argument | undefined;
    }
  }
  const missing = table.find((a) => a.default === undefined && !assigned.has(a.name));
  if (missing && sound) {
    mistake(ctx, unknownArgument, {
      at: call.span,
      facts: { ...facts, problem: 'missing', name: missing.name },
    });
    sound = false;
  }
  return sound ? assigned : null;
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
        facts: { call: call.name, name: argument.name, wanted: read.wanted, given: read.given },
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
