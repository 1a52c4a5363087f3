import { syntax } from '../diagnostics/codes/syntax.ts';
import { tooLarge } from '../diagnostics/codes/too-large.ts';
import type { Reporter } from '../diagnostics/reporter.ts';
import type { Span } from '../source/span.ts';
import { MAX_DEPTH } from './limits.ts';

interface TreeNode {
  readonly kind?: string;
  readonly span: Span;
}

/**
 * Reports what the grammar lets through but no later phase should meet: a tree so deep that walking it would
 * exhaust the stack, `_` where it marks nothing, a number that overflows. Returns whether the tree is sound.
 * Nothing here recurses: the tree may be as deep as its file is long.
 */
export function examineTree(root: TreeNode, reporter: Reporter): boolean {
  const stack: { value: unknown; depth: number; span: Span; isArgument: boolean }[] = [
    { value: root, depth: 0, span: root.span, isArgument: false },
  ];
  let sound = true;
  while (stack.length > 0) {
    const { value, depth, span, isArgument } = stack.pop()!;
    if (typeof value !== 'object' || value === null) continue;
    if (Array.isArray(value)) {
      for (const item of value) stack.push({ value: item, depth, span, isArgument: false });
      continue;
    }
    const node = value as TreeNode;
    const here = node.span ?? span;
    const below = node.kind === undefined ? depth : depth + 1;
    if (below > MAX_DEPTH) {
      reporter.report(tooLarge, { at: here, facts: { what: 'expression', limit: MAX_DEPTH } });
      return false;
    }
    if (node.kind === 'hole' && !isArgument) {
      sound = false;
      reporter.report(syntax, { at: here, facts: MISPLACED_HOLE });
    }
    if (node.kind === 'number' && !Number.isFinite((value as { value: number }).value)) {
      sound = false;
      reporter.report(tooLarge, { at: here, facts: { what: 'number', limit: Number.MAX_VALUE } });
    }
    const isArg = node.kind === undefined && 'name' in value && 'value' in value;
    for (const [key, child] of Object.entries(value)) {
      if (key !== 'span')
        stack.push({ value: child, depth: below, span: here, isArgument: isArg && key === 'value' });
    }
  }
  return sound;
}

const MISPLACED_HOLE = {
  kind: 'foreign',
  found: '_',
  what: '`_` stands only as an argument, for the input that a penalty varies',
  help: 'write it inside a call, as in gradient_penalty(D(_, y), real, fake)',
} as const;
