import type {
  Binding,
  Expr,
  Graph,
  Item,
  Loss,
  Name,
  Option,
  Port,
  RecordType,
  SpecFile,
  Stage,
  Train,
  TypeExpr,
} from '../1-parse/ast.ts';
import { isJson } from '../1-parse/parse.ts';
import type { Span } from '../source/span.ts';
import { type Aligned, alignments } from './align.ts';
import { dotted, ExpressionPrinter, hasCall, SUM } from './expression.ts';
import { type Authored, FlowSetter } from './flow-lines.ts';
import { Layout, WIDTH } from './layout.ts';
import { Lines } from './lines.ts';
import { stageRows } from './stage-rows.ts';

/**
 * The text form of a spec, in the one style. Formatting what has been formatted changes nothing. Comments
 * stay, blank lines stay (one at a time), and so do line breaks between layers and columns that the author
 * aligned. A tree that no longer is what its text says is not `authored`: then the text is not looked at.
 */
export function format(file: SpecFile, authored = !isJson(file.source)): string {
  return new Formatter(file, authored).file();
}

/** What is named and has a value: an option, a binding, a param, a field. */
interface Entry {
  readonly name: Name;
  readonly sign: ':' | '=';
  readonly value: Expr | TypeExpr;
  readonly span: Span;
  /** A doc comment stands above it, so that it does not stand beneath its neighbour. */
  readonly documented?: boolean;
}

class Formatter {
  readonly #file: SpecFile;
  readonly #lines: Lines;
  readonly #printer: ExpressionPrinter;
  readonly #flows: FlowSetter;
  /** The text, where it is the text form: its author's choices are looked up in it. */
  readonly #text: string | null;

  constructor(file: SpecFile, authored: boolean) {
    const text = authored ? file.source.text : null;
    const lines = new Lines(text === null ? null : file.source, file.comments);
    const broken = (from: number, to: number) => text?.slice(from, to).includes('\n') ?? false;
    this.#file = file;
    this.#text = text;
    this.#lines = lines;
    this.#printer = new ExpressionPrinter((product) =>
      text === null
        ? hasCall(product)
        : /\s[*/]|[*/]\s/.test(text.slice(product.left.span.end, product.right.span.start)),
    );
    const layout = new Layout(this.#printer, (sum) => broken(sum.left.span.end, sum.right.span.start));
    const choices: Authored | null =
      text === null
        ? null
        : {
            broken,
            arrowColumn(step) {
              const arrow = text.lastIndexOf('->', step.span.start);
              return arrow < 0 ? null : file.source.position(arrow).column - 1;
            },
            hasComment: (start, end) => lines.hasComment(start, end),
          };
    this.#flows = new FlowSetter(this.#printer, layout, choices);
  }

  file(): string {
    const { doc, docSpan, versionSpan, version, items } = this.#file;
    this.#doc(doc);
    if (docSpan) this.#lines.reach(docSpan.end);
    if (versionSpan) this.#lines.begin(versionSpan.start, 0);
    this.#lines.add(`gan ${version}`, versionSpan?.end ?? 0, 0);
    const params = items.map((item) => (item.kind === 'param' ? paramEntry(item) : null));
    const widths = this.#widthsOfRuns(params);
    for (const [i, item] of items.entries()) {
      const before = items[i - 1];
      const start = (item.docSpan ?? item.span).start;
      const apart = !before || isBlock(item) || isBlock(before);
      const wanted =
        this.#text === null ? apart || before.kind !== item.kind : apart && !this.#lines.hasBlank(start);
      if (wanted) this.#lines.blank();
      this.#lines.begin(start, 0);
      this.#doc(item.doc);
      this.#lines.flush(item.span.start, 0);
      this.#item(item, widths[i]!);
    }
    if (this.#text !== null) this.#lines.flush(this.#text.length + 1, 0);
    return this.#lines.toString();
  }

  #doc(doc: string | null): void {
    if (doc === null) return;
    for (const line of doc.split(/\r\n?|\n/)) this.#lines.add(`/// ${line}`.trimEnd(), null, 0);
  }

  #item(item: Item, width: number): void {
    switch (item.kind) {
      case 'import':
        this.#lines.add(
          `import ${names(item.names)} from ${JSON.stringify(item.from.value)}`,
          item.span.end,
          0,
        );
        return;
      case 'param':
        this.#entry('param ', paramEntry(item), width, 0);
        return;
      case 'latent':
        this.#flow(`latent ${item.name.name}: `, item.distribution, 0);
        return;
      case 'data':
        this.#block(
          `data ${item.name.name} from ${this.#printer.text(item.from)}`,
          item.from.span.end,
          item.span.end,
          0,
          item.fields,
          () => this.#entries(item.fields.map(fieldEntry), 2, true),
        );
        return;
      case 'pretrained':
        this.#options(
          `pretrained ${item.name.name} from ${this.#printer.text(item.from)}`,
          item.from.span.end,
          item,
          0,
          true,
        );
        return;
      case 'graph':
        this.#graph(item);
        return;
      case 'loss':
        this.#loss(item);
        return;
      case 'train':
        this.#train(item);
        return;
      case 'sample':
      case 'evaluate':
        this.#options(`${item.kind} ${item.network.name}`, item.network.span.end, item, 0, true);
        return;
    }
  }

  #graph(graph: Graph): void {
    const { body, output } = graph;
    const before = `${graph.role} ${graph.name.name}(`;
    const after = `) -> ${output.kind === 'type' ? this.#type(output) : this.#recordType(output)} {`;
    this.#signature(before, graph.ports, after, body.span.start + 1);
    const bindings = body.bindings.map(bindingEntry);
    this.#entries(bindings, 2, false);
    const { result } = body;
    const word = bindings.length > 0 || result.kind === 'record' ? 'return ' : '';
    this.#lines.begin(this.#resultStart(graph), 2);
    if (result.kind === 'record') this.#record(result.fields, result.span.end);
    else this.#flow(`  ${word}`, result, 2);
    this.#close(body.span.end, 0);
  }

  /** Where `return` stands, or the flow where there is none. */
  #resultStart({ body }: Graph): number {
    const start = body.result.span.start;
    if (this.#text === null) return start;
    const from = body.bindings.at(-1)?.span.end ?? body.span.start + 1;
    const word = this.#text.slice(from, start).lastIndexOf('return');
    return word < 0 ? start : from + word;
  }

  #record(fields: readonly { readonly name: Name; readonly value: Expr }[], end: number): void {
    const parts = fields.map(({ name, value }) => `${name.name}: ${this.#printer.text(value)}`);
    const flat = `  return (${parts.join(', ')})`;
    if (flat.length <= WIDTH) {
      this.#lines.add(flat, end, 2);
      return;
    }
    this.#lines.add('  return (', null, 2);
    for (const [i, { name, value }] of fields.entries()) {
      const lines = this.#flows.value(`    ${name.name}: `, value, 4);
      lines.forEach((line, l) => {
        const comma = l === lines.length - 1 && i < fields.length - 1 ? ',' : '';
        this.#lines.add(line.text + comma, line.end, 4);
      });
    }
    this.#lines.add('  )', end, 2);
  }

  #loss(loss: Loss): void {
    const ports = loss.ports.map((port) => this.#port(port)).join(', ');
    this.#flow(`loss ${dotted(loss.path)}(${ports}) = `, loss.value, 0);
  }

  #train(train: Train): void {
    const { entries, on, span } = train;
    this.#block(`train on ${names(on)}`, on.at(-1)!.span.end, span.end, 0, entries, () =>
      this.#trainEntries(entries),
    );
  }

  #trainEntries(entries: Train['entries']): void {
    const named = entries.map((entry) =>
      entry.kind === 'option' ? optionEntry(entry) : entry.kind === 'binding' ? bindingEntry(entry) : null,
    );
    const widths = this.#widthsOfRuns(named);
    const rows = stageRows(entries, this.#printer, (stage) => this.#isRow(stage), 2);
    for (const [i, entry] of entries.entries()) {
      const before = entries[i - 1];
      const row = rows[i] ?? null;
      if (this.#text === null && before && group(before) !== group(entry)) this.#lines.blank();
      this.#lines.begin(entry.span.start, 2);
      const value = named[i];
      if (value) this.#entry('  ', value, widths[i]!, 2);
      else if (entry.kind === 'state') {
        this.#options(`state ${entry.name.name}`, entry.name.span.end, entry, 2, false);
      } else if (row !== null) {
        this.#lines.add(row, entry.span.end, 2);
      } else if (entry.kind === 'stage') {
        this.#options(`stage ${JSON.stringify(entry.label.value)}`, entry.label.span.end, entry, 2, false);
      } else if (entry.kind === 'update') {
        this.#options(`update ${names(entry.networks)}`, entry.networks.at(-1)!.span.end, entry, 2, false);
      }
    }
  }

  /** Whether a stage stands in one row; without an author it does where it fits. */
  #isRow({ span }: Stage): boolean {
    if (this.#text === null) return true;
    const written = this.#text.slice(span.start, span.end);
    return !written.includes('\n') && !this.#lines.hasComment(span.start, span.end);
  }

  /** A head with a block of options: `update D { … }`. */
  #options(
    head: string,
    headEnd: number,
    of: { readonly options: readonly Option[]; readonly span: Span },
    indent: number,
    aligned: boolean,
  ): void {
    this.#block(`${' '.repeat(indent)}${head}`, headEnd, of.span.end, indent, of.options, () =>
      this.#entries(of.options.map(optionEntry), indent + 2, aligned),
    );
  }

  /** What stands in braces behind a head. An empty block without comments stays on one line. */
  #block(
    head: string,
    headEnd: number,
    end: number,
    indent: number,
    content: readonly unknown[],
    write: () => void,
  ): void {
    const brace = this.#text?.indexOf('{', headEnd) ?? headEnd;
    if (content.length === 0 && !this.#lines.hasComment(brace, end)) {
      this.#lines.add(`${head} {}`, brace + 1, indent);
      this.#lines.reach(end);
      return;
    }
    this.#lines.add(`${head} {`, brace + 1, indent);
    write();
    this.#close(end, indent);
  }

  #close(end: number, indent: number): void {
    this.#lines.flush(end - 1, indent + 2);
    this.#lines.add(`${' '.repeat(indent)}}`, end, indent);
  }

  #entries(entries: readonly Entry[], indent: number, aligned: boolean): void {
    const widths = alignments(
      entries.map((entry) => this.#aligned(entry)),
      aligned,
    );
    entries.forEach((entry, i) => {
      this.#lines.begin(entry.span.start, indent);
      this.#entry(' '.repeat(indent), entry, widths[i]!, indent);
    });
  }

  #entry(before: string, { name, sign, value }: Entry, width: number, indent: number): void {
    const padding = ' '.repeat(Math.max(0, width - name.name.length));
    const named = sign === ':' ? `${name.name}: ${padding}` : `${name.name}${padding} = `;
    if (value.kind === 'type') this.#lines.add(before + named + this.#type(value), value.span.end, indent);
    else this.#flow(before + named, value, indent);
  }

  #flow(before: string, value: Expr, indent: number): void {
    this.#flows.value(before, value, indent).forEach(({ text, end }, i) => {
      // A comment between rows stands where the rows do.
      this.#lines.add(text, end, i === 0 ? indent : text.length - text.trimStart().length);
    });
  }

  #signature(before: string, ports: readonly Port[], after: string, end: number): void {
    const parts = ports.map((port) => this.#port(port));
    const flat = before + parts.join(', ') + after;
    if (flat.length <= WIDTH || parts.length === 0) {
      this.#lines.add(flat, end, 0);
      return;
    }
    this.#lines.add(before, null, 0);
    parts.forEach((part, i) => {
      this.#lines.add(`  ${part}${i < parts.length - 1 ? ',' : ''}`, ports[i]!.span.end, 2);
    });
    this.#lines.add(after, end, 0);
  }

  #port({ name, type, default: fallback }: Port): string {
    const typed = type ? `${name.name}: ${this.#type(type)}` : name.name;
    return fallback ? `${typed} = ${this.#printer.text(fallback)}` : typed;
  }

  #type({ expr, range }: TypeExpr): string {
    const text = this.#printer.text(expr, SUM);
    return range ? `${text} in ${this.#printer.list(range)}` : text;
  }

  #recordType({ fields }: RecordType): string {
    return `(${fields.map(({ name, type }) => `${name.name}: ${this.#type(type)}`).join(', ')})`;
  }

  /** The widths of names, where entries stand among other things, which are null. */
  #widthsOfRuns(entries: readonly (Entry | null)[]): readonly number[] {
    const widths = entries.map(() => 0);
    for (let first = 0; first < entries.length; first++) {
      let last = first;
      while (entries[first] && continues(entries[first]!, entries[last + 1])) last++;
      const run = entries.slice(first, last + 1);
      if (run[0]) {
        alignments(
          run.map((entry) => this.#aligned(entry!)),
          true,
        ).forEach((width, i) => {
          widths[first + i] = width;
        });
      }
      first = last;
    }
    return widths;
  }

  #aligned({ name, span }: Entry): Aligned {
    if (this.#text === null) return { name: name.name, place: null };
    const { source } = this.#file;
    const separator = /[ \t]*[:=][ \t]*/y;
    separator.lastIndex = name.span.end;
    const value = name.span.end + (separator.exec(this.#text)?.[0].length ?? 0);
    const { column } = source.position(value);
    // Comments above an entry belong to it.
    let { line } = source.position(name.span.start);
    while (
      line > 1 &&
      source
        .line(line - 1)
        .trimStart()
        .startsWith('//')
    )
      line--;
    return {
      name: name.name,
      place: { line, endLine: source.position(span.end).line, valueColumn: column },
    };
  }
}

function names(list: readonly Name[]): string {
  return list.map(({ name }) => name).join(', ');
}

function continues(first: Entry, next: Entry | null | undefined): boolean {
  return next?.sign === first.sign && next.documented !== true;
}

function paramEntry({ name, value, span, doc }: Extract<Item, { kind: 'param' }>): Entry {
  return { name, sign: '=', value, span, documented: doc !== null };
}

function optionEntry({ name, value, span }: Option): Entry {
  return { name, sign: ':', value, span };
}

function bindingEntry({ name, value, span }: Binding): Entry {
  return { name, sign: '=', value, span };
}

function fieldEntry({ name, type }: { readonly name: Name; readonly type: TypeExpr }): Entry {
  return { name, sign: ':', value: type, span: { ...name.span, end: type.span.end } };
}

/** Declarations of several lines stand apart from others. */
function isBlock(item: Item): boolean {
  return !['import', 'param', 'latent', 'loss'].includes(item.kind);
}

/** What stands together in `train` where no author has grouped it. */
function group(entry: Train['entries'][number]): string {
  return entry.kind === 'option' || entry.kind === 'binding' ? entry.kind : 'block';
}
