import type { MachineMemory } from '../../source/machine-memory.ts';
import { defineDiagnostic } from '../diagnostic.ts';
import { exampleSpec, exampleTrain } from '../example-spec.ts';
import { bytesText, listText } from '../wording.ts';

const trained = (batch: number) =>
  exampleSpec({
    train: exampleTrain({ batch }),
  });

export const memoryEstimate = defineDiagnostic<{
  /** Bytes that stay from step to step, and that the largest update takes beside them. */
  readonly kept: number;
  readonly step: number;
  /** The networks that this update trains. */
  readonly networks: readonly string[];
  readonly batch: number;
  readonly machine: MachineMemory;
  /** A batch that would fit, a power of 2; null when not even one example does. */
  readonly fitting: number | null;
}>({
  code: 'memory-estimate',
  severity: 'warning',
  number: 56,
  title: 'A training step that takes more memory than there is',
  message: ({ kept, step, machine }) =>
    `a step takes about ${bytesText(kept + step)} of memory, but ${machine.of} ${bytesText(machine.bytes)}`,
  label: ({ batch }) => `${batch} ${batch === 1 ? 'example' : 'examples'} at a time`,
  notes: ({ kept, step, networks }) => [
    `${bytesText(kept)} for weights and what is kept beside them, ${bytesText(step)} for the layers in \`update ${listText(networks)}\`.`,
  ],
  help: ({ fitting }) =>
    fitting === null
      ? 'use smaller networks: not even one example at a time would fit'
      : `use batch: ${fitting}, or say with --memory what the machine has on which it is trained`,
  explanation: `
What every layer gives is kept until the gradients have come back, for every example of the batch: that is nearly all of
the memory that training takes, and it grows with the batch. A machine that runs out of it does not say so; it ends the
process, or begins to swap, and a step takes minutes.

The figure is reckoned from the layers before anything is compiled: for the specs and examples of ganc it is 0.8 to 1.4 of
what the compiled step needs. \`ganc inspect\` plans the whole step and knows it exactly.

**What to do.** Use a smaller batch. \`ganc check --memory 80GiB\` checks for another machine, and \`--memory none\`
does not look at it. A published batch that was trained on many machines is kept with \`// ganc-ignore memory-estimate:
why\`, which is never reported as unused, as it depends on the machine.

Chen et al., *Training Deep Nets with Sublinear Memory Cost*, 2016: what is kept for the way back, and why.
`,
  scene: { machine: { bytes: 128 * 2 ** 20, of: 'this machine has' } },
  bad: trained(32_768),
  good: trained(64),
});
