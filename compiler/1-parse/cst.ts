import type { CstElement, CstNode, IToken } from 'chevrotain';

// Reading Chevrotain's concrete syntax tree: children are grouped by the name of their rule or token.

/** All children of a rule, in order. */
export function nodes(parent: CstNode, rule: string): readonly CstNode[] {
  return (parent.children[rule] ?? []) as readonly CstElement[] as readonly CstNode[];
}

/** The only child of a rule. */
export function node(parent: CstNode, rule: string): CstNode {
  return nodes(parent, rule)[0]!;
}

/** All tokens of a kind that the rule itself consumed, in order. */
export function tokens(parent: CstNode, type: string): readonly IToken[] {
  return (parent.children[type] ?? []) as readonly CstElement[] as readonly IToken[];
}

/** The only token of a kind. */
export function token(parent: CstNode, type: string): IToken {
  return tokens(parent, type)[0]!;
}

export function has(parent: CstNode, child: string): boolean {
  return parent.children[child] !== undefined;
}

/** The half-open stretch of text that a node takes. */
export function startOf(parent: CstNode): number {
  return parent.location!.startOffset;
}

export function endOf(parent: CstNode): number {
  return parent.location!.endOffset! + 1;
}
