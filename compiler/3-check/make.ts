import type { Span } from '../source/span.ts';
import { bind } from './bind.ts';
import type { Context } from './context.ts';
import { type Given, type Maker, UNKNOWN, type Value } from './values.ts';

/** A distribution, schedule, optimizer, source or constraint with its arguments. */
export function make(maker: Maker, given: readonly Given[], span: Span, ctx: Context): Value {
  const { name, arguments: table } = maker.definition;
  const bound = bind(ctx, { name, noun: 'argument', span }, table, given);
  if (!bound) return UNKNOWN;
  const { args } = bound;
  switch (maker.kind) {
    case 'distribution':
      return { kind: 'distribution', call: { name, arguments: args }, range: maker.definition.range(args) };
    case 'constraint':
      return { kind: 'constraint', call: { name, arguments: args } };
    case 'schedule':
      return { kind: 'schedule', schedule: maker.definition, args };
    case 'optimizer':
      return { kind: 'optimizer', optimizer: maker.definition, args, schedules: bound.schedules };
    case 'source':
      return { kind: 'source', source: maker.definition, args };
  }
}
