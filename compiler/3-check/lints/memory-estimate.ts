import { memoryEstimate } from '../../diagnostics/codes/memory-estimate.ts';
import { estimateMemory } from '../memory-estimate.ts';
import { defineLint } from './lint.ts';

export const memoryEstimateLint = defineLint({
  codes: ['memory-estimate'],
  check({ machine, model, report, training }) {
    if (!training || !machine) return;
    const { batch, span } = training.training;
    // Updates with a batch of their own keep their proportion to the others.
    const withBatch = (size: number) => {
      const updates = training.training.updates.map((update) => ({
        ...update,
        batch: Math.ceil((update.batch * size) / batch),
      }));
      return estimateMemory(model, { ...training.training, batch: size, updates });
    };
    const { kept, step, networks } = withBatch(batch);
    const fits = (size: number) => kept + withBatch(size).step <= machine.bytes;
    if (kept + step <= machine.bytes) return;
    let fitting = 2 ** Math.ceil(Math.log2(batch) - 1);
    while (fitting >= 1 && !fits(fitting)) fitting /= 2;
    report.report(memoryEstimate, {
      at: training.trainOption('batch')?.span ?? { ...span, end: span.start + 'train'.length },
      facts: { kept, step, networks, batch, machine, fitting: fitting >= 1 ? fitting : null },
    });
  },
});
