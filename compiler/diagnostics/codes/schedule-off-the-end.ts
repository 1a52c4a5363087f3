import { defineDiagnostic } from '../diagnostic.ts';
import { exampleSpec, exampleTrain } from '../example-spec.ts';
import { numberText, rateText } from '../wording.ts';

const scheduled = (over: string) =>
  exampleSpec({
    train: exampleTrain({ G: { lr: `linear(from: 2e-4, to: 0, over: ${over})` } }),
  });

export const scheduleOffTheEnd = defineDiagnostic<
  {
    /** `linear` */
    readonly schedule: string;
    /** The step at which it arrives, and how many steps there are. */
    readonly end: number;
    readonly steps: number;
    /** What it is at the first step and at the last one, and what it would have been at its end. */
    readonly first: number;
    readonly last: number;
    readonly arrives: number;
    /** Whether it is the same throughout the training. */
    readonly stands: boolean;
  },
  'steps'
>({
  code: 'schedule-off-the-end',
  severity: 'warning',
  number: 48,
  title: 'A schedule that goes on after the training',
  message: ({ schedule, end, steps, stands }) =>
    stands
      ? `${schedule} does not begin within the ${numberText(steps)} steps of the training`
      : `${schedule} ends at step ${numberText(end)}, but the training at ${numberText(steps)}`,
  label: ({ first, last, arrives, stands }) =>
    stands
      ? `stays at ${rateText(first)}`
      : `gets from ${rateText(first)} to ${rateText(last)}, not to ${rateText(arrives)}`,
  labels: { steps: ({ steps }) => `${numberText(steps)} steps` },
  help: ({ end, steps, stands }) =>
    stands
      ? 'let it begin earlier, or train for longer'
      : `let it end at step ${numberText(steps)}, or train for ${numberText(end)} steps`,
  explanation: `
A schedule counts the steps of the training. One that is longer stops on its way: a learning rate that was to fall to
zero is still at half of what it was when the training ends, and the pictures keep flickering from step to step. That
happens when \`steps\` is changed in one place and the schedule is forgotten in another.

**What to do.** Write the number of steps once, as \`param steps = 100_000\`, and use it in both places. For a schedule
that is meant to be cut off, write \`// ganc-ignore schedule-off-the-end: why\` above it. \`ganc train --steps N\` says
nothing: who cuts a training short on the command line knows it.

Gulrajani et al., *Improved Training of Wasserstein GANs*, 2017, appendix F: the learning rate falls to zero over the
whole training.
`,
  bad: scheduled('100_000'),
  good: scheduled('10_000'),
});
