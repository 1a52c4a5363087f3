import { defineDiagnostic } from '../diagnostic.ts';
import { exampleSpec, exampleTrain } from '../example-spec.ts';
import { listText } from '../wording.ts';

const train = (optimizer: string) =>
  exampleSpec({
    train: exampleTrain({ D: { optimizer }, G: { unroll: 5 } }),
  });

export const cannotBeUnrolled = defineDiagnostic<
  {
    /** The update with `unroll`, and the one whose steps it looks ahead through, as written: `G`, `D`. */
    readonly update: string;
    readonly steps: number;
    readonly reason: /** No network that the loss passes through has an update of its own. */
      | { readonly kind: 'nothing' }
      | { readonly kind: 'optimizer'; readonly other: string; readonly optimizer: string }
      | { readonly kind: 'times'; readonly other: string }
      | {
          readonly kind: 'interval';
          readonly other: string;
          readonly penalty: string;
          readonly every: number;
        };
  },
  'other'
>({
  code: 'cannot-be-unrolled',
  severity: 'error',
  number: null,
  title: 'An update that cannot look ahead',
  message({ update, steps, reason }) {
    const ahead = `\`update ${update}\` cannot look ${steps} ${steps === 1 ? 'step' : 'steps'} ahead`;
    switch (reason.kind) {
      case 'nothing':
        return `${ahead}: its loss passes through no other network that is trained`;
      case 'optimizer':
        return `${ahead}: no gradient passes through a step of ${reason.optimizer}`;
      case 'times':
        return `${ahead}: how often \`update ${reason.other}\` runs is a schedule`;
      case 'interval':
        return `${ahead}: ${reason.penalty} is counted at every ${reason.every}th step only`;
    }
  },
  label: () => 'looks ahead',
  labels: {
    other: ({ reason }) =>
      reason.kind === 'nothing' ? '' : `${reason.other} is trained like this, but its next steps are wanted`,
  },
  notes({ reason }) {
    switch (reason.kind) {
      case 'nothing':
        return ['Looking ahead is taking the steps of an opponent before it does.'];
      case 'optimizer':
        return [
          `${reason.optimizer} follows only the sign of a gradient, which small changes leave as it is.`,
        ];
      case 'times':
        return ['What an optimizer has done so far could not be counted from the number of the step.'];
      case 'interval':
        return ['The steps ahead would all have the penalty, or none of them.'];
    }
  },
  help({ reason }) {
    switch (reason.kind) {
      case 'nothing':
        return 'leave unroll out';
      case 'optimizer':
        return `train ${reason.other} with adam, or leave unroll out`;
      case 'times':
        return `write a number for the times of \`update ${reason.other}\`, or leave unroll out`;
      case 'interval':
        return 'count the penalty at every step, without `every`, or leave unroll out';
    }
  },
  explanation: `
With \`unroll: 5\` the loss of an update is taken where the other networks will be after five more steps of their own updates,
and its gradient passes through those steps: the generator of an unrolled GAN sees how the discriminator will answer. So there
must be an opponent with an update of its own, its optimizer must turn a gradient into a step smoothly, and its loss must be
the same in every step.

**What to do.** ${listText(['adam', 'adamw', 'adabelief', 'rmsprop', 'sgd'], 'or')} can be unrolled, \`lion\` cannot. Penalties of the opponent are
counted at every step, and \`times\` of both is a number. In an update whose loss passes through no trained opponent,
\`unroll\` is left out.

Metz et al., *Unrolled Generative Adversarial Networks*, 2017.
`,
  bad: train('lion(lr: 2e-5)'),
  good: train('adam(lr: 2e-4, beta1: 0.5)'),
});
