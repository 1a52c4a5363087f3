import type { Argument } from '../arguments/argument.ts';
import type { ArgumentValue } from '../arguments/arguments.ts';
import { Dim } from './dim.ts';
import type { ScheduleValue } from './model.ts';
import { inWords, type Value } from './values.ts';

/** What a value is as an argument of some kind. */
export type Reading =
  | { readonly kind: 'value'; readonly value: ArgumentValue | ScheduleValue }
  /** Depends on something that was reported already, or is not known while all sizes are checked at once. */
  | { readonly kind: 'unknown' }
  | { readonly kind: 'not whole'; readonly value: number }
  | {
      readonly kind: 'other';
      readonly wanted: string;
      readonly given: string;
      /** What to do, where that is not to write what is wanted. */
      readonly instead: string | null;
    };

const UNKNOWN: Reading = { kind: 'unknown' };

export function readArgument(argument: Argument, value: Value): Reading {
  if (isUnknown(value)) return UNKNOWN;
  if (value.kind === 'none') {
    return argument.default === null ? is(null) : other(wantedFor(argument), 'none');
  }
  if (value.kind === 'schedule' && argument.kind !== 'scheduled')
    return other(wantedFor(argument), inWords(value), argument.kind === 'number' ? FACTOR : FIXED);
  switch (argument.kind) {
    case 'size':
      return readSize(argument, value);
    case 'sizes':
    case 'shape':
      return readList(argument, value, (item) => readSize(argument, item));
    case 'int':
      if (value.kind === 'list') return readList(argument, value, (item) => readInt(argument, item));
      return readInt(argument, value);
    case 'number':
      return readNumber(argument, value);
    case 'scheduled':
      if (value.kind === 'tensor' && !value.batched && value.shape.length === 0)
        return other(wantedFor(argument), 'a calculation with one', WITHIN);
      if (value.kind === 'schedule') return is(value);
      return argument.whole ? readInt(argument, value) : readNumber(argument, value);
    case 'boolean':
      return value.kind === 'boolean' ? is(value.value) : other('true or false', inWords(value));
    case 'choice':
      return readChoice(argument, value);
    case 'string':
      return value.kind === 'text' ? is(value.value) : other('a text in quotes', inWords(value));
    case 'points':
      return readList(argument, value, readPoint);
    case 'padding':
      return readPadding(argument, value);
    case 'distribution':
    case 'constraint':
      return value.kind === argument.kind ? is(value.call) : other(wantedFor(argument), inWords(value));
    case 'interval': {
      const read = readList(argument, value, (item) => readNumber(argument, item));
      if (read.kind !== 'value') return read;
      const ends = read.value as readonly number[];
      return ends.length === 2 && ends[0]! < ends[1]! ? read : other(wantedFor(argument), inWords(value));
    }
  }
}

function is(value: ArgumentValue | ScheduleValue): Reading {
  return { kind: 'value', value };
}

function other(wanted: string, given: string, instead: string | null = null): Reading {
  return { kind: 'other', wanted, given, instead };
}

/** What to do about a schedule for what is the same at every step of a program. */
const FIXED = 'write a number, which a stage of training can change (ganc explain stage)';
const FACTOR = 'write a number, and multiply what comes out by the schedule, or use a stage of training';

/** What to do about `0.5 * linear(…)` where a schedule is wanted. */
const WITHIN = 'calculate within it, as in linear(from: 0.5 * 2e-4, to: 0, over: 1_000)';

function isUnknown(value: Value): boolean {
  return value.kind === 'unknown' || (value.kind === 'list' && value.items.some(isUnknown));
}

function readSize(argument: Argument, value: Value): Reading {
  if (value.kind === 'size') return is(value.size);
  const read = readInt(argument, value);
  return read.kind === 'value' ? is(Dim.of(read.value as number)) : read;
}

function readInt(argument: Argument, value: Value): Reading {
  if (value.kind === 'size') return UNKNOWN;
  if (value.kind !== 'number') return other(wantedFor(argument), inWords(value));
  const min = argument.min ?? (argument.kind === 'int' ? Number.NEGATIVE_INFINITY : 1);
  if (!Number.isSafeInteger(value.value) || value.value < min)
    return { kind: 'not whole', value: value.value };
  return value.value > (argument.max ?? Infinity)
    ? other(wantedFor(argument), inWords(value))
    : is(value.value);
}

function readNumber(argument: Argument, value: Value): Reading {
  if (value.kind === 'size') return UNKNOWN;
  const { min = -Infinity, max = Infinity } = argument;
  if (value.kind !== 'number' || !(value.value >= min && value.value <= max)) {
    return other(wantedFor(argument), inWords(value));
  }
  return is(value.value);
}

function readChoice(argument: Argument, value: Value): Reading {
  // A word that is also a layer or a name, written without quotes, comes as that; it must be quoted then.
  const text = value.kind === 'text' ? value.value : null;
  if (text !== null && argument.choices?.includes(text)) return is(text);
  return other(wantedFor(argument), inWords(value));
}

function readList(argument: Argument, value: Value, read: (item: Value) => Reading): Reading {
  if (value.kind !== 'list') {
    const single = read(value);
    return single.kind === 'value' ? is([single.value as ArgumentValue]) : single;
  }
  if (value.items.length === 0) return other(wantedFor(argument), 'an empty list');
  const values: ArgumentValue[] = [];
  for (const item of value.items) {
    const one = read(item);
    if (one.kind !== 'value') return one;
    values.push(one.value as ArgumentValue);
  }
  return is(values);
}

function readPoint(value: Value): Reading {
  if (value.kind === 'list' && value.items.length === 2) {
    const [step, height] = value.items;
    if (step!.kind === 'number' && height!.kind === 'number') return is([step!.value, height!.value]);
  }
  return other('points of a step and a value, such as [1000, 0.5]', inWords(value));
}

/** A word, a number of pixels on every side, or for each axis a number or [before, after]. */
function readPadding(argument: Argument, value: Value): Reading {
  if (value.kind === 'text' && (value.value === 'same' || value.value === 'valid')) return is(value.value);
  const pixels = (item: Value | undefined): item is Value & { kind: 'number' } =>
    item?.kind === 'number' && Number.isSafeInteger(item.value) && item.value >= 0;
  if (pixels(value)) return is(value.value);
  if (isOpen(value)) return UNKNOWN;
  if (value.kind === 'list' && value.items.length > 0) {
    const pairs = value.items.map((item) => {
      if (pixels(item)) return [item.value, item.value];
      if (item.kind !== 'list' || item.items.length !== 2) return null;
      const [before, after] = item.items;
      return pixels(before) && pixels(after) ? [before.value, after.value] : null;
    });
    if (pairs.every((pair) => pair !== null)) return is(pairs);
  }
  return other(wantedFor(argument), inWords(value));
}

/** Whether it rests on a size or an int that is not known, while a module is checked for all sizes. */
function isOpen(value: Value): boolean {
  if (value.kind === 'list') return value.items.some(isOpen);
  return value.kind === 'size' || value.kind === 'unknown';
}

/** What an argument takes, in words. */
export function wantedFor({ kind, min, max, whole, choices }: Argument): string {
  const limits =
    min !== undefined && max !== undefined
      ? ` between ${min} and ${max}`
      : min !== undefined
        ? ` of at least ${min}`
        : max !== undefined
          ? ` of at most ${max}`
          : '';
  switch (kind) {
    case 'size':
    case 'int':
      return `a whole number${limits}`;
    case 'sizes':
      return 'whole numbers';
    case 'number':
      return `a number${limits}`;
    case 'scheduled':
      return `a ${whole ? 'whole ' : ''}number${limits} or a schedule`;
    case 'boolean':
      return 'true or false';
    case 'choice':
      return (choices ?? []).map((choice) => JSON.stringify(choice)).join(' or ');
    case 'string':
      return 'a text in quotes';
    case 'points':
      return 'points of a step and a value, such as [1000, 0.5]';
    case 'padding':
      return '"same", "valid", a number of pixels, or a number or [before, after] for each axis';
    case 'distribution':
      return 'a distribution, such as normal(std: 0.02)';
    case 'constraint':
      return 'a way to hold the weights, such as spectral_norm';
    case 'shape':
      return 'a shape, such as [64, 64, 3]';
    case 'interval':
      return 'the smallest and the largest value, such as [-1, 1]';
  }
}
