import type { UpdatePlan } from '../model.ts';
import { familyOf, type LossFamily } from './score-curve.ts';
import type { TrainingView } from './training-view.ts';

/** One output of a judge, in the update that trains it: which scores it gives, and how its loss treats them. */
export interface Judge {
  readonly name: string;
  readonly output: string | null;
  readonly update: UpdatePlan;
  readonly real: readonly number[];
  readonly fake: readonly number[];
  /** The networks that made the fakes. */
  readonly makers: readonly string[];
  readonly family: LossFamily;
}

/** The judges that are trained to tell real from fake, once per update that trains them. */
export function judgesOf(view: TrainingView): Judge[] {
  return view.training.updates.flatMap((update) => {
    const judgements = view.judgements(update.loss).filter(({ judge }) => update.networks.includes(judge));
    const keys = new Set(judgements.map(({ judge, output }) => `${judge} ${output ?? ''}`));
    return [...keys].map((key) => {
      const own = judgements.filter(({ judge, output }) => `${judge} ${output ?? ''}` === key);
      const real = own.filter(({ makers }) => makers.length === 0).map(({ node }) => node);
      const fakes = own.filter(({ makers }) => makers.length > 0);
      const fake = fakes.map(({ node }) => node);
      const { judge: name, output } = own[0]!;
      const makers = [...new Set(fakes.flatMap((judgement) => judgement.makers))];
      return { name, output, update, real, fake, makers, family: familyOf(view, update.loss, real, fake) };
    });
  });
}
