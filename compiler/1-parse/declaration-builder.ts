import type { CstNode } from 'chevrotain';
import type { Span } from '../source/span.ts';
import type {
  Binding,
  Body,
  GraphRole,
  Item,
  Option,
  Port,
  RecordExpr,
  RecordType,
  Train,
  TypeExpr,
} from './ast.ts';
import { has, node, nodes, token, tokens } from './cst.ts';
import { ExpressionBuilder } from './expression-builder.ts';

/** A doc comment that stands above a declaration. */
export interface Doc {
  readonly text: string;
  readonly span: Span;
}

/** Turns the concrete tree of one declaration into the syntax tree. */
export class DeclarationBuilder extends ExpressionBuilder {
  declaration(cst: CstNode, doc: Doc | null): Item {
    const rule = Object.keys(cst.children)[0]!;
    const item = node(cst, rule);
    const base = { doc: doc?.text ?? null, docSpan: doc?.span ?? null, span: this.spanOf(item) };
    const named = () => ({ name: this.name(token(item, 'Id')), ...base });
    switch (rule) {
      case 'importItem':
        return {
          kind: 'import',
          names: tokens(item, 'Id').map((name) => this.name(name)),
          from: this.string(token(item, 'Str')),
          ...base,
        };
      case 'param':
        return { kind: 'param', ...named(), value: this.flow(node(item, 'flow')) };
      case 'latent':
        return { kind: 'latent', ...named(), distribution: this.flow(node(item, 'flow')) };
      case 'data':
        return {
          kind: 'data',
          ...named(),
          from: this.flow(node(item, 'flow')),
          fields: nodes(item, 'field').map((field) => this.#field(field)),
        };
      case 'pretrained':
        return {
          kind: 'pretrained',
          ...named(),
          from: this.flow(node(item, 'flow')),
          options: this.#options(item),
        };
      case 'graph':
        return {
          kind: 'graph',
          role: token(item, 'Role').image as GraphRole,
          ...named(),
          ports: this.#ports(item),
          output: has(item, 'recordType')
            ? this.#recordType(node(item, 'recordType'))
            : this.#type(node(item, 'type')),
          body: this.#body(node(item, 'body')),
        };
      case 'loss':
        return {
          kind: 'loss',
          path: this.dotted(node(item, 'dotted')),
          ports: this.#ports(item),
          value: this.flow(node(item, 'flow')),
          ...base,
        };
      case 'train':
        return {
          kind: 'train',
          on: tokens(item, 'Id').map((name) => this.name(name)),
          entries: nodes(item, 'trainEntry').map((entry) => this.#trainEntry(entry)),
          ...base,
        };
      case 'sample':
      case 'evaluate':
        return {
          kind: rule,
          network: this.name(token(item, 'Id')),
          options: this.#options(item),
          ...base,
        };
      default:
        throw new Error(`no declaration ${rule}`);
    }
  }

  #field(cst: CstNode): { readonly name: ReturnType<ExpressionBuilder['name']>; readonly type: TypeExpr } {
    return { name: this.name(token(cst, 'Id')), type: this.#type(node(cst, 'type')) };
  }

  #type(cst: CstNode): TypeExpr {
    const range = has(cst, 'list') ? this.list(node(cst, 'list')) : null;
    return { kind: 'type', expr: this.expr(node(cst, 'expr')), range, span: this.spanOf(cst) };
  }

  #recordType(cst: CstNode): RecordType {
    const fields = nodes(cst, 'field').map((field) => this.#field(field));
    return { kind: 'record-type', fields, span: this.spanOf(cst) };
  }

  #ports(item: CstNode): readonly Port[] {
    return nodes(node(item, 'ports'), 'port').map((port) => ({
      name: this.name(token(port, 'Id')),
      type: has(port, 'type') ? this.#type(node(port, 'type')) : null,
      default: has(port, 'flow') ? this.flow(node(port, 'flow')) : null,
      span: this.spanOf(port),
    }));
  }

  #body(cst: CstNode): Body {
    const bindings = nodes(cst, 'binding').map((binding) => this.#binding(binding));
    const result = has(cst, 'result') ? this.#result(node(cst, 'result')) : this.flow(node(cst, 'flow'));
    return { bindings, result, span: this.spanOf(cst) };
  }

  #binding(cst: CstNode): Binding {
    const name = this.name(token(cst, 'Id'));
    return { kind: 'binding', name, value: this.flow(node(cst, 'flow')), span: this.spanOf(cst) };
  }

  #result(cst: CstNode): Body['result'] {
    if (!has(cst, 'record')) return this.flow(node(cst, 'flow'));
    const record = node(cst, 'record');
    const fields = nodes(record, 'recordField').map((field) => ({
      name: this.name(token(field, 'Id')),
      value: this.flow(node(field, 'flow')),
    }));
    return { kind: 'record', fields, span: this.spanOf(record) } satisfies RecordExpr;
  }

  #options(parent: CstNode): readonly Option[] {
    return nodes(node(parent, 'options'), 'setting').map((option) => this.#option(option));
  }

  #option(cst: CstNode): Option {
    const name = this.name(token(cst, 'Name'));
    return { kind: 'option', name, value: this.flow(node(cst, 'flow')), span: this.spanOf(cst) };
  }

  #trainEntry(cst: CstNode): Train['entries'][number] {
    const rule = Object.keys(cst.children)[0]!;
    const entry = node(cst, rule);
    const span = this.spanOf(entry);
    switch (rule) {
      case 'binding':
        return this.#binding(entry);
      case 'setting':
        return this.#option(entry);
      case 'state':
        return {
          kind: 'state',
          name: this.name(token(entry, 'Id')),
          options: this.#options(entry),
          span,
        };
      case 'stage':
        return {
          kind: 'stage',
          label: this.string(token(entry, 'Str')),
          options: this.#options(entry),
          span,
        };
      case 'update':
        return {
          kind: 'update',
          networks: tokens(entry, 'Id').map((name) => this.name(name)),
          options: this.#options(entry),
          span,
        };
      default:
        throw new Error(`no entry ${rule}`);
    }
  }
}
