import { sameDirectionLosses } from '../../diagnostics/codes/same-direction-losses.ts';
import { judgesOf } from './judges.ts';
import { defineLint } from './lint.ts';
import { slopes } from './score-curve.ts';

const EPSILON = 1e-6;

export const sameDirectionLossesLint = defineLint({
  codes: ['same-direction-losses'],
  check({ report, training }) {
    if (!training) return;
    for (const judge of judgesOf(training)) {
      if (judge.real.length === 0 || judge.fake.length === 0) continue;
      const ofReal = slopes(training, judge.update.loss, judge.real, judge.fake);
      const ofFake = slopes(training, judge.update.loss, judge.fake, judge.real);
      // Outputs that both players want to be right, such as a guessed class, are no contest.
      if (!opposed(ofReal, ofFake)) continue;
      for (const update of training.training.updates) {
        if (update.networks.includes(judge.name)) continue;
        const scores = training
          .judgements(update.loss)
          .filter(({ judge: name, output }) => name === judge.name && output === judge.output)
          .filter(({ makers }) => makers.some((maker) => update.networks.includes(maker)));
        const [first] = scores;
        if (!first) continue;
        const wanted = slopes(
          training,
          update.loss,
          scores.map(({ node }) => node),
          judge.real,
        );
        if (opposed(ofFake, wanted) || !agree(ofFake, wanted)) continue;
        const direction = wanted.some((slope) => slope > EPSILON) ? 'lower' : 'raise';
        report.report(sameDirectionLosses, {
          at: training.lossSpan(update),
          facts: {
            judge: judge.name,
            maker: first.makers.find((maker) => update.networks.includes(maker))!,
            score: training.text(training.spanOf(training.node(first.node))),
            direction,
          },
          also: { judge: training.lossSpan(judge.update) },
        });
      }
    }
  },
});

/** Whether two curves pull apart somewhere. */
function opposed(a: readonly number[], b: readonly number[]): boolean {
  return a.some((slope, i) => Math.abs(slope) > EPSILON && Math.abs(b[i]!) > EPSILON && slope * b[i]! < 0);
}

/** Whether two curves are known, and pull the same way somewhere. */
function agree(a: readonly number[], b: readonly number[]): boolean {
  if ([...a, ...b].some((slope) => !Number.isFinite(slope))) return false;
  return a.some((slope, i) => Math.abs(slope) > EPSILON && Math.abs(b[i]!) > EPSILON);
}
