import * as t from '../tensor/index.ts';
import { everyArgument } from './every.ts';
import type { CriticPenalty } from './penalty.ts';

export const consistency: CriticPenalty = {
  name: 'consistency',
  summary: 'keeps two passes of a critic with dropout through one example alike',
  documentation: `
\`2 * consistency(D(_), real)\` runs D twice on the real examples, each time with other dropout, and is twice the mean over the batch
of max(0, d − margin), where d is the mean squared difference of what comes out. Without dropout or other randomness in D it is
zero. CT-GAN adds a tenth of the same for an inner layer, where D returns one: \`2 * consistency(D(_).score, real) + 0.2 *
consistency(D(_).features, real)\`, beside a \`gradient_penalty\`.

That two differently augmented copies score alike is another penalty and needs no word of its own: \`10 * l2(D(real), D(real ->
diff_augment))\` (Zhang et al., *Consistency Regularization for Generative Adversarial Networks*, 2020).

Wei et al., *Improving the Improved Training of Wasserstein GANs: A Consistency Term and Its Dual Effect*, 2018.
`,
  tensors: ['real'],
  arguments: [
    { name: 'margin', kind: 'number', summary: 'the difference that costs nothing', default: 0, min: 0 },
    everyArgument,
  ],
  looksAt: 'scores',
  lower({ critic, tensors: [real], args }) {
    // A pass over the same value is one pass, so the second one gets a value of its own.
    const difference = t.sub(critic(real!), critic(t.add(real!, 0)));
    const others = difference.shape.flatMap((_, axis) => (axis === 0 ? [] : [axis]));
    const distance = t.mean(t.square(difference), others);
    return t.mean(t.relu(t.sub(distance, args.number('margin'))));
  },
};
