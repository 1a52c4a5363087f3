import type { Argument } from '../arguments/argument.ts';
import { jsonStructure } from '../diagnostics/codes/json-structure.ts';
import { syntax } from '../diagnostics/codes/syntax.ts';
import type { Reporter } from '../diagnostics/reporter.ts';
import { functions } from '../functions/index.ts';
import { layers } from '../layers/index.ts';
import type { SourceFile } from '../source/source-file.ts';
import { cover, type Span } from '../source/span.ts';
import type { Arg, Chain, Expr, ListExpr, Name, Ref, Step, StringLiteral } from './ast.ts';
import { parseExpression } from './expression.ts';
import type { Place } from './expression-builder.ts';
import {
  type JsonEntry,
  type JsonNode,
  type JsonObject,
  type JsonString,
  offsetsInString,
} from './json-text.ts';
import { numberText } from './number-text.ts';
import { keywords } from './tokens.ts';

const layersByName = new Map([...layers, ...functions].map((layer) => [layer.name, layer]));

/** The arguments of a layer that is built in, by its name; none for modules and networks. */
export function layerArguments(name: string): readonly Argument[] {
  return layersByName.get(name)?.arguments ?? [];
}

/**
 * The argument of a layer that is written by name in JSON and by place in text: `conv2d(64)` is
 * `{"op": "conv2d", "filters": 64}`.
 */
export function leadingArgument(name: string): Argument | null {
  const layer = layersByName.get(name);
  const first = layer?.arguments[0];
  const isFirst = layer?.inputs === 'one' && (layer.sides ?? []).every(({ optional }) => optional);
  return isFirst && first && !first.rest ? first : null;
}

/** Whether a text in this place is a text, rather than an expression: `"padding": "same"`. */
export function isLiteralText(argument: Argument | undefined, text: string): boolean {
  switch (argument?.kind) {
    case 'string':
      return true;
    case 'choice':
      return argument.choices?.includes(text) ?? false;
    case 'padding':
      return text === 'same' || text === 'valid';
    default:
      return false;
  }
}

/** Reads expressions, flows and steps out of JSON whose structure has been checked. */
export class JsonExpressions {
  readonly source: SourceFile;
  readonly reporter: Reporter;
  /** Whether something was reported since it was last set to false. */
  failed = false;

  constructor(source: SourceFile, reporter: Reporter) {
    this.source = source;
    this.reporter = reporter;
  }

  span(node: { readonly start: number; readonly end: number }): Span {
    return { file: this.source.name, start: node.start, end: node.end };
  }

  expression(node: JsonNode): Expr {
    const span = this.span(node);
    switch (node.kind) {
      case 'number': {
        const value = Math.abs(node.value);
        const number: Expr = { kind: 'number', value, text: numberText(value), span };
        return node.text.startsWith('-') ? { kind: 'unary', operator: '-', operand: number, span } : number;
      }
      case 'boolean':
        return { kind: 'boolean', value: node.value, span };
      case 'null':
        return { kind: 'none', span };
      case 'string':
        return this.text(node);
      case 'array':
        return this.list(node);
      case 'object':
        return this.call(node, 'expression');
    }
  }

  list(node: JsonNode): ListExpr {
    const items = node.kind === 'array' ? node.items.map((item) => this.expression(item)) : [];
    return { kind: 'list', items, span: this.span(node) };
  }

  /** An array is a flow here; anything else an expression. */
  flow(node: JsonNode): Expr {
    if (node.kind !== 'array') return this.expression(node);
    const [head, ...rest] = node.items;
    const start = this.expression(head!);
    if (rest.length === 0) return start;
    const steps = rest.map((step) => this.step(step));
    return { kind: 'flow', head: start, steps, span: this.span(node) };
  }

  step(node: JsonNode): Step {
    const span = this.span(node);
    if (node.kind === 'object') return this.#loop(node) ?? this.call(node, 'step');
    if (node.kind !== 'string') return { kind: 'none', span };
    const expr = this.text(node);
    if (expr.kind === 'ref' || expr.kind === 'none') return expr;
    if (!this.failed) {
      this.fail(span, {
        kind: 'place',
        found: node.value,
        after: null,
        wanted: 'a layer',
        help: 'write one layer in each entry of the list',
      });
    }
    return { kind: 'none', span };
  }

  chain(node: JsonNode): Chain {
    const steps = node.kind === 'array' ? node.items.map((step) => this.step(step)) : [];
    return { steps, span: this.span(node) };
  }

  /** `{"op": "conv2d", "filters": 64}`; in a source, texts are texts. */
  call(node: JsonObject, where: 'expression' | 'step' | 'source'): Ref {
    const entries = node.entries.filter(({ key }) => key.value !== 'op' && key.value !== 'args');
    const op = node.entries.find(({ key }) => key.value === 'op')!.value as JsonString;
    const path = this.dotted(op);
    const known = where === 'step' ? layerArguments(op.value) : [];
    const leading = where === 'step' ? leadingArgument(op.value) : null;
    const args: Arg[] = [];
    const placed = node.entries.find(({ key }) => key.value === 'args')?.value;
    for (const item of placed?.kind === 'array' ? placed.items : []) {
      args.push({ name: null, value: this.#argument(item, where, undefined), span: this.span(item) });
    }
    for (const [i, { key, value }] of entries.entries()) {
      const argument = known.find(({ name }) => name === key.value);
      const byPlace = i === 0 && args.length === 0 && key.value === leading?.name;
      const name = byPlace ? null : this.name(key, 'any');
      args.push({
        name,
        value: this.#argument(value, where, argument),
        span: name ? cover(name.span, this.span(value)) : this.span(value),
      });
    }
    return { kind: 'ref', path, args, fields: [], span: this.span(node) };
  }

  #argument(node: JsonNode, where: string, argument: Argument | undefined): Expr {
    if (node.kind === 'string' && (where === 'source' || isLiteralText(argument, node.value))) {
      return this.literal(node);
    }
    if (where === 'source' && node.kind === 'array') {
      return {
        kind: 'list',
        items: node.items.map((item) => this.#argument(item, where, undefined)),
        span: this.span(node),
      };
    }
    return this.expression(node);
  }

  literal(node: JsonString): StringLiteral {
    return { kind: 'string', value: node.value, span: this.span(node) };
  }

  /** An expression of the language in a text; places inside it are found again through its escapes. */
  text(node: JsonString): Expr {
    const { text, name: file } = this.source;
    const simple = node.end - node.start - 2 === node.value.length;
    const offsets = simple ? null : offsetsInString(text, node);
    const at = (offset: number) => offsets?.[offset] ?? node.start + 1 + offset;
    const place: Place = (start, end) =>
      start === end ? { file, start: node.start, end: node.end } : { file, start: at(start), end: at(end) };
    const expr = parseExpression(node.value, place, this.reporter);
    if (expr) return expr;
    this.failed = true;
    return { kind: 'none', span: this.span(node) };
  }

  /** A text that holds a name; `any` allows the words of the language. */
  name(node: JsonString, which: 'own' | 'any' = 'own'): Name {
    const span = { file: this.source.name, start: node.start + 1, end: node.end - 1 };
    const written = /^[A-Za-z_][A-Za-z0-9_]*$/.test(node.value) && node.value !== '_';
    const taken = which === 'own' && keywords.has(node.value);
    if (!written || taken) {
      this.failed = true;
      this.reporter.report(jsonStructure, {
        at: this.span(node),
        facts: { kind: 'not a name', text: node.value, taken: written },
      });
    }
    return { name: node.value, span };
  }

  /** `hinge.critic` */
  dotted(node: JsonString): readonly Name[] {
    const parts = node.value.split('.');
    if (parts.length === 1) return [this.name(node)];
    const whole = { file: this.source.name, start: node.start + 1, end: node.end - 1 };
    const simple = node.end - node.start - 2 === node.value.length;
    const sound = parts.every((part, i) => /^[A-Za-z_]\w*$/.test(part) && (i > 0 || !keywords.has(part)));
    if (!sound) this.name(node);
    let at = whole.start;
    return parts.map((name) => {
      const span = simple ? { ...whole, start: at, end: at + name.length } : whole;
      at += name.length + 1;
      return { name, span };
    });
  }

  fail(at: Span, facts: Parameters<typeof syntax.message>[0]): void {
    this.failed = true;
    this.reporter.report(syntax, { at, facts });
  }

  #loop(node: JsonObject): Step | null {
    const entry = (key: string): JsonEntry | undefined => node.entries.find((one) => one.key.value === key);
    const span = this.span(node);
    if (entry('op')) return null;
    const variable = entry('for')?.value;
    if (variable?.kind === 'string') {
      const list = this.expression(entry('in')!.value);
      return {
        kind: 'for',
        variable: this.name(variable),
        in: list,
        body: this.chain(entry('do')!.value),
        span,
      };
    }
    const count = entry('repeat')?.value;
    if (count)
      return { kind: 'repeat', count: this.expression(count), body: this.chain(entry('do')!.value), span };
    const frames = entry('per_frame')?.value;
    return frames ? { kind: 'per_frame', body: this.chain(frames), span } : null;
  }
}
