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
export function datasetOf(world: World, item: ast.Data): Dataset | null {
  const known = world.datasets.get(item);
  if (known !== undefined) return known;
  world.datasets.set(item, null);
  const dataset = readDataset(world, item);
  world.datasets.set(item, dataset);
  return dataset;
}

function readDataset(world: World, item: ast.Data): Dataset | null {
  const { name } = item.name;
  const ctx = freshContext(world, 'param', name);
  const fields = item.fields.flatMap((field) => {
    const type = declaredType(world, item, field);
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
function declaredType(world: World, item: ast.Data, field: ast.Data['fields'][number]): TensorPort | null {
  const known = world.fields.get(field);
  if (known !== undefined) return known;
  world.fields.set(field, null);
  const key = `${item.name.name}.${field.name.name}`;
  const type = tensorType(freshContext(world, 'signature', key), field.type);
  const named = type && { ...type, field: key };
  world.fields.set(field, named);
  return named;
}

/** `faces.image` as a type: that of the field. */
export function fieldType(ctx: Context, data: ast.Name, field: ast.Name): TensorPort | null {
  const { world } = ctx;
  const { datasets, lost } = world.resolved.namesAt(data.span);
  const item = datasets.get(data.name);
  if (!item) {
    if (lost.has(data.name)) return null;
    report(ctx, data, 'dataset', [...datasets.keys()]);
    return null;
  }
  const declared = item.fields.find((f) => f.name.name === field.name);
  if (!declared) {
    report(
      ctx,
      field,
      `field of ${data.name}`,
      item.fields.map((f) => f.name.name),
    );
    return null;
  }
  return declaredType(world, item, declared);
}

function report(ctx: Context, { name, span }: ast.Name, kind: string, known: readonly string[]): void {
  const suggestion = nearest(name, known);
  mistake(ctx, unknownName, {
    at: span,
    facts: { name, kind, suggestion, known },
    fixes: suggestion ? [renameFix(span, suggestion)] : [],
  });
}
