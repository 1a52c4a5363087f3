import type { Stage } from '../../compiler/3-check/model.ts';

/**
 * Which of its stages a training is in after `step` steps, by its place in the list. At the end of a stage it is still
 * in that one: the next begins with its first step. The last one goes on for as long as it is trained.
 */
export function stageAt(stages: readonly Pick<Stage, 'start'>[], step: number): number {
  return Math.max(
    0,
    stages.findLastIndex(({ start }) => start < step),
  );
}

/** How many steps the stages have in all. */
export function stepsOf(stages: readonly Stage[]): number {
  const { start, steps } = stages.at(-1)!;
  return start + steps;
}
