import { argumentValue } from '../../diagnostics/codes/argument-value.ts';
import { givenInSampling } from '../given-in-sampling.ts';
import { defineLint } from './lint.ts';

/** A `sample` block for a network that nobody knows what to give. */
export const sampleUnfedLint = defineLint({
  codes: ['argument-value'],
  check({ model, report }) {
    for (const { network: name, span } of model.samples) {
      const network = model.networks.find((one) => one.name === name)!;
      const unfed = network.ports.find((_, index) => givenInSampling(model, network, index) === null);
      if (!unfed) continue;
      report.report(argumentValue, {
        at: span,
        facts: {
          call: `sample ${name}`,
          name: 'the network',
          wanted: 'one whose inputs are latents or data, or are made of them in train',
          given: `${name}, whose \`${unfed.name}\` is neither`,
          instead: `use ${name} in train, or name its input like a latent`,
        },
      });
    }
  },
});
