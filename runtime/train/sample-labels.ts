import { sampleNeedsCondition } from '../../compiler/diagnostics/codes/sample-needs-condition.ts';
import { found } from '../found-error.ts';
import { UserError } from '../user-error.ts';
import type { Job, SamplePlan } from './job.ts';
import { labelPerRow, type SampleRequest } from './samples.ts';

/** What was asked for: classes, or `all` of them in turn; left out, as the spec says. */
export type AskedLabels = readonly number[] | 'all' | undefined;

/** The inputs of a network that are labels. */
export function labelsOf(job: Job, plan: SamplePlan): { readonly name: string; readonly classes: number }[] {
  const { inputs } = job.compiled.set.programs[plan.program]!;
  return inputs.flatMap(({ name, from }) => {
    return from.kind === 'label' ? [{ name, classes: from.classes }] : [];
  });
}

/** Whether somebody has to say which classes are made: it takes labels, and the spec has no `rows`. */
export function asksForLabels(job: Job, plan: SamplePlan): boolean {
  return plan.rows === null && labelsOf(job, plan).length > 0;
}

/** Refuses classes that a network does not know, any for a network without labels, and none for one that needs them. */
export function requireLabels(job: Job, plan: SamplePlan, asked: AskedLabels): void {
  const labels = labelsOf(job, plan);
  if (asked === undefined) {
    if (!asksForLabels(job, plan)) return;
    throw found(sampleNeedsCondition, plan.network, { network: plan.network, labels }, 2);
  }
  if (labels.length === 0) {
    throw new UserError(`${plan.network} takes no label`, 'leave --label out', { exitCode: 2 });
  }
  const fewest = Math.min(...labels.map(({ classes }) => classes));
  const unknown = asked === 'all' ? undefined : asked.find((value) => value >= fewest);
  if (unknown === undefined) return;
  throw new UserError(`${plan.network} has no class ${unknown}`, `use a class from 0 to ${fewest - 1}`, {
    exitCode: 2,
  });
}

/** The class of each sample. A grid of so many columns has a class per row; without one, classes are taken in turn. */
export function labelling(
  job: Job,
  plan: SamplePlan,
  asked: AskedLabels,
  columns: number | null,
): SampleRequest['label'] {
  if (asked === undefined || asked === 'all') {
    return columns === null ? undefined : labelPerRow(plan, columns);
  }
  const labels = labelsOf(job, plan).map(({ name }) => name);
  return (index, classes, input) => {
    const turn = columns === null ? index : Math.floor(index / columns);
    return labels.includes(input) ? asked[turn % asked.length]! : turn % classes;
  };
}
