import { unpairedComparison } from '../../diagnostics/codes/unpaired-comparison.ts';
import { defineLint } from './lint.ts';

export const unpairedComparisonLint = defineLint({
  codes: ['unpaired-comparison'],
  check({ report, training }) {
    if (!training) return;
    for (const update of training.training.updates) {
      for (const { op, node } of training.findBeneath(update.loss, 'binary')) {
        if (op.operator !== '-' || !node.type.batched || node.type.shape.length < 3) continue;
        const sides = node.inputs.map((index) => ({ index, maker: makerOf(index) }));
        const fake = sides.find(({ maker }) => maker !== null);
        const real = sides.find(
          ({ index }) =>
            training.findBeneath(index, 'call').length === 0 &&
            training.findBeneath(index, 'data').length > 0,
        );
        if (!fake || !real || !update.networks.includes(fake.maker!.network)) continue;
        const compared = new Set(training.findBeneath(real.index, 'data').map((found) => found.op.dataset));
        const partners = training
          .findBeneath(fake.index, 'data')
          .filter((found) => found.node.type.label === null && compared.has(found.op.dataset));
        if (partners.length > 0) continue;
        const made = training.node(fake.maker!.index);
        // SinGAN's one code for its one picture: whatever is made of it is meant to be that.
        if (made.inputs.every(isFixed)) continue;
        report.report(unpairedComparison, {
          at: training.spanOf(node),
          facts: {
            fake: nameOf(fake.index),
            real: nameOf(real.index),
            maker: fake.maker!.network,
            madeFrom: made.inputs.length > 0 ? nameOf(made.inputs[0]!) : 'nothing',
          },
          also: { made: training.spanOf(made) },
        });
      }
    }

    /** The network whose output this is, when only layers without weights stand between. */
    function makerOf(index: number): { readonly network: string; readonly index: number } | null {
      let next = index;
      for (;;) {
        const { op, inputs } = training!.node(next);
        if (op.kind === 'call') {
          const judges = training!.network(op.network).role === 'discriminator';
          return judges ? null : { network: op.network, index: next };
        }
        if (inputs.length !== 1) return null;
        next = inputs[0]!;
      }
    }

    /** The same for every example and step, as `0 * z` is. */
    function isFixed(index: number): boolean {
      const { op, inputs, type } = training!.node(index);
      if (type.range.low === type.range.high) return true;
      return op.kind === 'call' && inputs.every(isFixed);
    }

    function nameOf(index: number): string {
      for (const [name, node] of training!.training.bindings) if (node === index) return name;
      const { op } = training!.node(index);
      if (op.kind === 'data') return `${op.dataset}.${op.field}`;
      if (op.kind === 'latent') return op.latent;
      return training!.text(training!.spanOf(training!.node(index)));
    }
  },
});
