import type * as ast from '../1-parse/ast.ts';
import { argumentValue } from '../diagnostics/codes/argument-value.ts';
import { unknownName } from '../diagnostics/codes/unknown-name.ts';
import { renameFix } from '../diagnostics/fixes.ts';
import { nearest } from '../diagnostics/nearest.ts';
import { type Context, freshContext, mistake } from './context.ts';
import { evaluate } from './expression.ts';
import { UNBOUNDED } from './interval.ts';
import type { Dataset } from './model.ts';
import { labelsFit } from './source-fields.ts';
import { typeOf } from './tensors.ts';
import { type TensorPort, tensorType } from './type-expression.ts';
import { inWords } from './values.ts';
import type { World } from './world.ts';

/** A dataset that the spec declares; null after a mistake was reported in it. */
export function datasetOf(world: World, name: string): Dataset | null {
  const known = world.datasets.get(name);
  if (known !== undefined) return known;
  world.datasets.set(name, null);
  const dataset = readDataset(world, name);
  world.datasets.set(name, dataset);
  return dataset;
}

function readDataset(world: World, name: string): Dataset | null {
  const item = world.resolved.datasets.get(name)!;
  const ctx = freshContext(world, 'param', name);
  const fields = item.fields.flatMap((field) => {
    const type = declaredType(world, item, field.name.name);
    if (!type) return [];
    const { shape, label } = type;
    const parts = { shape, range: type.range ?? UNBOUNDED, label, batched: true };
    return [{ name: field.name.name, type: typeOf(parts), span: field.type.span }];
  });
  const value = evaluate(item.from, { ...ctx, wanted: 'source' });
  if (value.kind === 'unknown' || fields.length < item.fields.length) return null;
  if (value.kind !== 'source') {
    mistake(ctx, argumentValue, {
      at: item.from.span,
      facts: { call: 'data', name, wanted: 'a source, such as folder("data/faces")', given: inWords(value) },
    });
    return null;
  }
  const dataset = { name, source: value.source, args: value.args, fields, span: item.span };
  return labelsFit(dataset, ctx) ? dataset : null;
}

/** The type of a field as it was written; null when the field or its type is wrong, after a report. */
function declaredType(world: World, item: ast.Data, name: string): TensorPort | null {
  const key = `${item.name.name}.${name}`;
  const known = world.fields.get(key);
  if (known !== undefined) return known;
  world.fields.set(key, null);
  const field = item.fields.find((f) => f.name.name === name)!;
  const type = tensorType(freshContext(world, 'signature', key), field.type);
  const named = type && { ...type, field: key };
  world.fields.set(key, named);
  return named;
}

/** `faces.image` as a type: that of the field. */
export function fieldType(ctx: Context, data: ast.Name, field: ast.Name): TensorPort | null {
  const { world } = ctx;
  const item = world.resolved.datasets.get(data.name);
  if (!item) {
    if (isBroken(world, data.name)) return null;
    report(ctx, data, 'dataset', [...world.resolved.datasets.keys()]);
    return null;
  }
  if (!item.fields.some((f) => f.name.name === field.name)) {
    report(
      ctx,
      field,
      `field of ${data.name}`,
      item.fields.map((f) => f.name.name),
    );
    return null;
  }
  return declaredType(world, item, field.name);
}

function isBroken(world: World, name: string): boolean {
  return world.resolved.file.broken.some((broken) => broken.name === name);
}

function report(ctx: Context, { name, span }: ast.Name, kind: string, known: readonly string[]): void {
  const suggestion = nearest(name, known);
  mistake(ctx, unknownName, {
    at: span,
    facts: { name, kind, suggestion, known },
    fixes: suggestion ? [renameFix(span, suggestion)] : [],
  });
}
