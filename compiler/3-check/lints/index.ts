import type * as ast from '../../1-parse/ast.ts';
import type { Resolved } from '../../2-resolve/resolved.ts';
import type { Reporter } from '../../diagnostics/reporter.ts';
import type { MachineMemory } from '../../source/machine-memory.ts';
import type { Model } from '../model.ts';
import { batchTooSmallLint } from './batch-too-small.ts';
import { biasBeforeNormLint } from './bias-before-norm.ts';
import { boundedScoreLint } from './bounded-score.ts';
import { cannotBeUnrolledLint } from './cannot-be-unrolled.ts';
import { lintChannelsFirst } from './channels-first.ts';
import { checkerboardKernelLint } from './checkerboard-kernel.ts';
import { conditionMismatchLint } from './condition-mismatch.ts';
import { conditionMissingLint } from './condition-missing.ts';
import { criticMomentumLint } from './critic-momentum.ts';
import { dataNotNormalisedLint } from './data-not-normalised.ts';
import { deadBranchLint } from './dead-branch.ts';
import { dropoutInCriticLint } from './dropout-in-critic.ts';
import { generatorUnjudgedLint } from './generator-unjudged.ts';
import { learningRateUnusualLint } from './learning-rate-unusual.ts';
import type { Lint } from './lint.ts';
import { logBelowZeroLint } from './log-below-zero.ts';
import { memoryEstimateLint } from './memory-estimate.ts';
import { missingActivationLint } from './missing-activation.ts';
import { neverUpdatedLint } from './never-updated.ts';
import { noRandomnessLint } from './no-randomness.ts';
import { normOfOneNumberLint } from './norm-of-one-number.ts';
import { pairedSizeMismatchLint } from './paired-size-mismatch.ts';
import { penalisedLayersLint } from './penalised-layers.ts';
import { penaltyWithoutEffectLint } from './penalty-without-effect.ts';
import { rangeUnboundedLint } from './range-unbounded.ts';
import { sameDirectionLossesLint } from './same-direction-losses.ts';
import { sampleUnfedLint } from './sample-unfed.ts';
import { scheduleOffTheEndLint } from './schedule-off-the-end.ts';
import { scoreShapesDifferLint } from './score-shapes-differ.ts';
import { timeIgnoredLint } from './time-ignored.ts';
import { TrainingView } from './training-view.ts';
import { unevenPacksLint } from './uneven-packs.ts';
import { unpairedComparisonLint } from './unpaired-comparison.ts';
import { unusedBindingLint } from './unused-binding.ts';
import { unusedDeclarationLint } from './unused-declaration.ts';
import { updateHasNoEffectLint } from './update-has-no-effect.ts';
import { wassersteinLint } from './wasserstein.ts';

export const lints: readonly Lint[] = [
  batchTooSmallLint,
  biasBeforeNormLint,
  boundedScoreLint,
  cannotBeUnrolledLint,
  checkerboardKernelLint,
  conditionMismatchLint,
  conditionMissingLint,
  criticMomentumLint,
  dataNotNormalisedLint,
  deadBranchLint,
  dropoutInCriticLint,
  generatorUnjudgedLint,
  learningRateUnusualLint,
  logBelowZeroLint,
  memoryEstimateLint,
  missingActivationLint,
  neverUpdatedLint,
  noRandomnessLint,
  normOfOneNumberLint,
  pairedSizeMismatchLint,
  penalisedLayersLint,
  penaltyWithoutEffectLint,
  rangeUnboundedLint,
  sameDirectionLossesLint,
  sampleUnfedLint,
  scheduleOffTheEndLint,
  scoreShapesDifferLint,
  timeIgnoredLint,
  unevenPacksLint,
  unpairedComparisonLint,
  unusedBindingLint,
  unusedDeclarationLint,
  updateHasNoEffectLint,
  wassersteinLint,
];

/** Judges a spec that has no errors. */
export function lint(
  resolved: Resolved,
  model: Model,
  report: Reporter,
  machine: MachineMemory | null,
): void {
  const { file } = resolved;
  const training = model.training ? new TrainingView(model, model.training, file) : null;
  for (const each of lints) each.check({ file, resolved, model, report, training, machine });
}

/** Judges what can be judged in a spec with errors, too. */
export function lintDeclarations(file: ast.SpecFile, report: Reporter): void {
  lintChannelsFirst(file, report);
}
