import fc from 'fast-check';
import type {
  Arg,
  Expr,
  Item,
  Name,
  Option,
  Port,
  SpecFile,
  Step,
  Train,
  TypeExpr,
} from '../../compiler/1-parse/ast.ts';
import { numberText } from '../../compiler/1-parse/number-text.ts';
import { SourceFile } from '../../compiler/source/source-file.ts';

// Random syntax trees, for properties that every spec must have whatever it says.

const span = { file: 'spec.gan.json', start: 0, end: 0 };
const named = (name: string): Name => ({ name, span });

const ownName = fc.constantFrom('a', 'b2', 'ch', 'real', 'fake', 'G', 'D', 'Up', 'x_y', 'T').map(named);
/** After a dot and before a colon, the words of the language are names too. */
const anyName = fc.oneof(ownName, fc.constantFrom('loss', 'data', 'in', 'none', 'shape', 'for').map(named));
const path = fc.tuple(ownName, fc.array(anyName, { maxLength: 2 })).map(([first, rest]) => [first, ...rest]);

const number = fc
  .oneof(
    fc.nat(),
    fc.constantFrom(0, 0.5, 2e-4, 1e-9, 1e21, 50_000, 0.1),
    fc.double({ min: 0, max: 1e6, noNaN: true }),
  )
  .map(
    (value): Expr => ({ kind: 'number', value: Math.abs(value), text: numberText(Math.abs(value)), span }),
  );
const string = fc.oneof(fc.string(), fc.constantFrom('same', 'valid', 'data/faces', 'say "hi"\\\n'));

interface Parts {
  expr: Expr;
  flow: Expr;
  step: Step;
}

const layer = fc.constantFrom(
  'conv2d',
  'dense',
  'concat',
  'reshape',
  'upsample',
  'leaky_relu',
  'relu',
  'mean',
  'clip',
  'adam',
  'normal',
);

const { expr, flow } = fc.letrec<Parts>((tie: fc.LetrecTypedTie<Parts>) => {
  const arg = fc
    .tuple(
      fc.option(fc.oneof(anyName, fc.constantFrom('filters', 'kernel', 'padding', 'mode').map(named))),
      tie('flow'),
    )
    .map(([name, value]): Arg => ({ name, value, span }));
  const hole: Arg = { name: null, value: { kind: 'hole', span }, span };
  const args = fc.oneof(
    { weight: 4, arbitrary: fc.array(arg, { maxLength: 3 }) },
    { weight: 1, arbitrary: fc.constant([hole]) },
  );
  const ref = fc
    .record({
      path: fc.oneof(
        path,
        layer.map((name) => [named(name)]),
      ),
      args: fc.option(args),
      fields: fc.array(anyName, { maxLength: 1 }),
    })
    .map(({ path, args, fields }) => ({
      kind: 'ref' as const,
      path,
      args,
      fields: args === null ? [] : fields,
      span,
    }));
  const body = fc.array(tie('step'), { minLength: 1, maxLength: 2 }).map((steps) => ({ steps, span }));
  return {
    expr: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      number,
      ref,
      fc.constantFrom<Expr>(
        { kind: 'none', span },
        { kind: 'boolean', value: true, span },
        { kind: 'boolean', value: false, span },
      ),
      string.map((value): Expr => ({ kind: 'string', value, span })),
      fc.array(tie('flow'), { maxLength: 3 }).map((items): Expr => ({ kind: 'list', items, span })),
      tie('expr').map((operand): Expr => ({ kind: 'unary', operator: '-', operand, span })),
      fc
        .tuple(fc.constantFrom('+', '-', '*', '/'), tie('flow'), tie('flow'))
        .map(([operator, left, right]): Expr => ({ kind: 'binary', operator, left, right, span }) as Expr),
    ),
    flow: fc.oneof(
      { depthSize: 'small' },
      tie('expr'),
      fc
        .tuple(tie('expr'), fc.array(tie('step'), { minLength: 1, maxLength: 3 }))
        .map(([head, steps]): Expr => ({ kind: 'flow', head, steps, span })),
    ),
    step: fc.oneof(
      { depthSize: 'small' },
      ref,
      fc.constant<Step>({ kind: 'none', span }),
      fc
        .tuple(ownName, tie('expr'), body)
        .map(([variable, list, body]): Step => ({ kind: 'for', variable, in: list, body, span })),
      fc.tuple(tie('expr'), body).map(([count, body]): Step => ({ kind: 'repeat', count, body, span })),
      body.map((body): Step => ({ kind: 'per_frame', body, span })),
    ),
  };
});

const type = fc.tuple(expr, fc.option(fc.array(flow, { maxLength: 2 }))).map(
  ([expr, range]): TypeExpr => ({
    kind: 'type',
    expr,
    range: range && { kind: 'list', items: range, span },
    span,
  }),
);
const field = fc.record({ name: ownName, type });
const valued = fc.record({ name: ownName, value: flow });
const port = fc
  .record({ name: ownName, type: fc.option(type), default: fc.option(flow) })
  .map((port): Port => ({ ...port, span }));
const distinct = { selector: (one: { name: Name }) => one.name.name, maxLength: 3 };
const ports = fc.uniqueArray(port, distinct);
const options = fc.uniqueArray(
  fc
    .tuple(fc.oneof(anyName, fc.constantFrom('doc', 'options', 'optimizer').map(named)), flow)
    .map(([name, value]): Option => ({ kind: 'option', name, value, span })),
  distinct,
);

const trainEntry: fc.Arbitrary<Train['entries'][number]> = fc.oneof(
  valued.map((binding) => ({ kind: 'binding' as const, ...binding, span })),
  fc.record({ networks: fc.array(ownName, { minLength: 1, maxLength: 2 }), options }).map((update) => ({
    kind: 'update' as const,
    ...update,
    span,
  })),
  fc.record({ name: ownName, options }).map((state) => ({ kind: 'state' as const, ...state, span })),
  fc.tuple(string, options).map(([value, options]) => ({
    kind: 'stage' as const,
    label: { kind: 'string' as const, value, span },
    options,
    span,
  })),
);

const doc = fc.option(
  fc
    .array(fc.constantFrom('One line.', '', 'Two words', '`code` → 64×64', '/ odd'), {
      minLength: 1,
      maxLength: 3,
    })
    .map((lines) => lines.join('\n')),
);
const base = { span, docSpan: null };

const item: fc.Arbitrary<Item> = doc.chain((doc) =>
  fc.oneof(
    fc.tuple(fc.array(ownName, { minLength: 1, maxLength: 2 }), string).map(
      ([names, value]): Item => ({
        kind: 'import',
        names,
        from: { kind: 'string', value, span },
        doc,
        ...base,
      }),
    ),
    valued.map((param): Item => ({ kind: 'param', ...param, doc, ...base })),
    valued.map(({ name, value }): Item => ({ kind: 'latent', name, distribution: value, doc, ...base })),
    fc
      .record({ name: ownName, from: flow, fields: fc.uniqueArray(field, distinct) })
      .map((data): Item => ({ kind: 'data', ...data, doc, ...base })),
    fc
      .record({ name: ownName, from: flow, options })
      .map((pretrained): Item => ({ kind: 'pretrained', ...pretrained, doc, ...base })),
    fc
      .record({
        role: fc.constantFrom('module', 'network', 'generator', 'discriminator'),
        name: ownName,
        ports,
        output: fc.oneof(
          type,
          fc.uniqueArray(field, { ...distinct, minLength: 1 }).map((fields) => ({
            kind: 'record-type' as const,
            fields,
            span,
          })),
        ),
        body: fc.record({
          bindings: fc.array(
            valued.map((binding) => ({ kind: 'binding' as const, ...binding, span })),
            { maxLength: 2 },
          ),
          result: fc.oneof(
            flow,
            fc.uniqueArray(valued, { ...distinct, minLength: 1 }).map((fields) => ({
              kind: 'record' as const,
              fields,
              span,
            })),
          ),
        }),
      })
      .map(
        ({ body, ...graph }) => ({ kind: 'graph', ...graph, body: { ...body, span }, doc, ...base }) as Item,
      ),
    fc.record({ path, ports, value: flow }).map((loss): Item => ({ kind: 'loss', ...loss, doc, ...base })),
    fc
      .tuple(
        fc.array(ownName, { minLength: 1, maxLength: 2 }),
        fc.array(trainEntry, { maxLength: 4 }),
        options,
      )
      .map(([on, parts, options]): Item => {
        const entries = [...parts.slice(0, 1), ...options, ...parts.slice(1)];
        return { kind: 'train', on, entries, doc, ...base };
      }),
    fc
      .tuple(fc.constantFrom('sample', 'evaluate'), ownName, options)
      .map(([kind, network, options]) => ({ kind, network, options, doc, ...base }) as Item),
  ),
);

export const arbitrarySpec: fc.Arbitrary<SpecFile> = fc
  .record({ doc, items: fc.array(item, { maxLength: 5 }) })
  .map(({ doc, items }) => ({
    kind: 'file',
    source: new SourceFile('spec.gan.json', ''),
    span,
    version: 1,
    versionSpan: null,
    doc,
    docSpan: null,
    items,
    broken: [],
    comments: [],
  }));
