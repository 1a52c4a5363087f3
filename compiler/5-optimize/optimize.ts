import type { Program, ProgramSet } from '../tensor/program.ts';
import { verify } from '../tensor/verify.ts';
import { algebra } from './algebra.ts';
import { drop } from './drop.ts';
import { fold } from './fold.ts';
import { order } from './order.ts';
import { share } from './share.ts';
import { sharePullbacks } from './share-pullbacks.ts';
import { type Pass, PLAIN_TARGET, type Target } from './target.ts';

/** Each makes work for the others, so they are repeated until nothing changes. */
const COMMON: readonly Pass[] = [drop, fold, algebra, share, drop];

/** Enough for every program seen; the limit keeps a pair of passes that undo each other from going on. */
const MAX_ROUNDS = 6;

/** Optimizes every program of a set for an engine. Names, inputs, outputs and updates stay as they are. */
export function optimize(set: ProgramSet, target: Target = PLAIN_TARGET): ProgramSet {
  const programs = Object.entries(set.programs).map(
    ([name, program]) => [name, optimizeProgram(program, target)] as const,
  );
  return { ...set, programs: Object.fromEntries(programs) };
}

/**
 * Optimizes one program.
 *
 * @throws ProgramError that names the node, where a pass breaks the law of programs
 */
export function optimizeProgram(program: Program, target: Target = PLAIN_TARGET): Program {
  const { primitives = [] } = target;
  const look = (after: Program) => verify(after, primitives);
  look(program);
  try {
    const result = throughPasses(program, target, () => {});
    look(result);
    return result;
  } catch (error) {
    // To look after every pass takes as long as the passes. Now it is worth it: it is the guilty one that throws.
    throughPasses(program, target, look);
    throw error;
  }
}

function throughPasses(program: Program, target: Target, look: (after: Program) => void): Program {
  const { fuse, legalize, ordersItself = false } = target;
  const run = (pass: Pass, before: Program): Program => {
    const after = pass(before);
    if (after !== before) look(after);
    return after;
  };
  const settle = (before: Program): Program => {
    let current = before;
    for (let round = 0; round < MAX_ROUNDS; round++) {
      const after = COMMON.reduce((p, pass) => run(pass, p), current);
      if (after === current) break;
      current = after;
    }
    return current;
  };
  const inOrder = (before: Program) => (ordersItself ? before : run(order, before));
  // Order is found before an engine's passes cut nodes into many, which hide what belongs together, and again after.
  const settled = settle(program);
  const shared = run(sharePullbacks, settled);
  let result = inOrder(shared === settled ? settled : settle(shared));
  for (const pass of [legalize, fuse]) if (pass) result = settle(run(pass, result));
  return fuse || legalize ? inOrder(result) : result;
}
