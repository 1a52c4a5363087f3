import { openEngine } from '../runtime/engines/index.ts';
import { compiled, inputsOf } from './spec.ts';
import { type Bench, mebibytes } from './table.ts';

/** The peak that the compiler plans against the one that the engine measures. */
export const memory: Bench = {
  title: 'Memory of a training step on wasm, planned and measured (wanted: within 20 %)',
  async run() {
    const program = compiled('bench/tutorial-dcgan.gan');
    const session = await openEngine('wasm').open(program.set);
    await session.run('init', { key: Int32Array.of(1, 0, 0, 0) });
    const after = async (steps: number) => {
      for (let step = 0; step < steps; step++) {
        await session.run('step', inputsOf(program, 'step', step + 1));
      }
      return session.memory();
    };
    const [first, later] = [await after(2), await after(4)];
    await session.close();
    return {
      rows: [
        {
          what: 'tutorial DCGAN',
          planned: mebibytes(later.plannedPeakBytes),
          measured: mebibytes(later.peakBytes!),
          'planned / measured': (later.plannedPeakBytes / later.peakBytes!).toFixed(3),
          'tensors after 2 and 6 steps': `${first.tensors}, ${later.tensors}`,
          'bytes more': `${later.bytes - first.bytes}`,
        },
      ],
    };
  },
};
