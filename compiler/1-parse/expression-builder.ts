import type { CstNode, IToken } from 'chevrotain';
import type { Span } from '../source/span.ts';
import { cover } from '../source/span.ts';
import type { Arg, Chain, Expr, ListExpr, Name, NumberLiteral, Ref, Step, StringLiteral } from './ast.ts';
import { endOf, has, node, nodes, startOf, token, tokens } from './cst.ts';

/** Says where a stretch of the text that was parsed lies in its file: the text may stand in a JSON string. */
export type Place = (start: number, end: number) => Span;

/** Turns the concrete tree of an expression into the syntax tree. */
export class ExpressionBuilder {
  readonly place: Place;

  constructor(place: Place) {
    this.place = place;
  }

  flow(cst: CstNode): Expr {
    const head = this.expr(node(cst, 'expr'));
    const steps = nodes(cst, 'step').map((step) => this.step(step));
    return steps.length === 0 ? head : { kind: 'flow', head, steps, span: this.spanOf(cst) };
  }

  expr(cst: CstNode): Expr {
    return this.#chainOf(
      nodes(cst, 'term').map((term) => this.#term(term)),
      tokens(cst, 'AddOperator'),
    );
  }

  step(cst: CstNode): Step {
    const span = this.spanOf(cst);
    if (has(cst, 'For')) {
      const variable = this.name(token(cst, 'Id'));
      return { kind: 'for', variable, in: this.expr(node(cst, 'expr')), body: this.#chain(cst), span };
    }
    if (has(cst, 'Repeat')) {
      return { kind: 'repeat', count: this.expr(node(cst, 'expr')), body: this.#chain(cst), span };
    }
    if (has(cst, 'PerFrame')) return { kind: 'per_frame', body: this.#chain(cst), span };
    if (has(cst, 'None')) return { kind: 'none', span };
    return this.#ref(node(cst, 'ref'));
  }

  list(cst: CstNode): ListExpr {
    return { kind: 'list', items: nodes(cst, 'flow').map((item) => this.flow(item)), span: this.spanOf(cst) };
  }

  dotted(cst: CstNode): readonly Name[] {
    return [...tokens(cst, 'Id'), ...tokens(cst, 'Name')].map((part) => this.name(part));
  }

  name(part: IToken): Name {
    return { name: part.image, span: this.spanOfToken(part) };
  }

  string(literal: IToken): StringLiteral {
    return { kind: 'string', value: JSON.parse(literal.image) as string, span: this.spanOfToken(literal) };
  }

  spanOf(cst: CstNode): Span {
    return this.place(startOf(cst), endOf(cst));
  }

  spanOfToken(part: IToken): Span {
    return this.place(part.startOffset, part.endOffset! + 1);
  }

  #chain(step: CstNode): Chain {
    const chain = node(step, 'chain');
    return { steps: nodes(chain, 'step').map((inner) => this.step(inner)), span: this.spanOf(chain) };
  }

  #term(cst: CstNode): Expr {
    return this.#chainOf(
      nodes(cst, 'unary').map((unary) => this.#unary(unary)),
      tokens(cst, 'MultiplyOperator'),
    );
  }

  /** `a - b + c` is `(a - b) + c`. */
  #chainOf(operands: readonly Expr[], operators: readonly IToken[]): Expr {
    return operands.reduce((left, right, i) => {
      const operator = operators[i - 1]!.image as '+' | '-' | '*' | '/';
      return { kind: 'binary', operator, left, right, span: cover(left.span, right.span) };
    });
  }

  #unary(cst: CstNode): Expr {
    return tokens(cst, 'Minus').reduceRight<Expr>(
      (operand, minus) => ({
        kind: 'unary',
        operator: '-',
        operand,
        span: cover(this.spanOfToken(minus), operand.span),
      }),
      this.#atom(node(cst, 'atom')),
    );
  }

  #atom(cst: CstNode): Expr {
    const span = this.spanOf(cst);
    if (has(cst, 'ref')) return this.#ref(node(cst, 'ref'));
    if (has(cst, 'Num')) return this.#number(token(cst, 'Num'));
    if (has(cst, 'list')) return this.list(node(cst, 'list'));
    if (has(cst, 'group')) return this.flow(node(node(cst, 'group'), 'flow'));
    if (has(cst, 'Str')) return this.string(token(cst, 'Str'));
    if (has(cst, 'None')) return { kind: 'none', span };
    if (has(cst, 'Hole')) return { kind: 'hole', span };
    return { kind: 'boolean', value: has(cst, 'True'), span };
  }

  #number(literal: IToken): NumberLiteral {
    const text = literal.image;
    return { kind: 'number', value: Number(text.replaceAll('_', '')), text, span: this.spanOfToken(literal) };
  }

  #ref(cst: CstNode): Ref {
    const path = this.dotted(node(cst, 'dotted'));
    const args = has(cst, 'args') ? nodes(node(cst, 'args'), 'arg').map((arg) => this.#arg(arg)) : null;
    const fields = tokens(cst, 'Name').map((field) => this.name(field));
    return { kind: 'ref', path, args, fields, span: this.spanOf(cst) };
  }

  #arg(cst: CstNode): Arg {
    const name = has(cst, 'Name') ? this.name(token(cst, 'Name')) : null;
    return { name, value: this.flow(node(cst, 'flow')), span: this.spanOf(cst) };
  }
}
