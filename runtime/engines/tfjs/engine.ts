import os from 'node:os';
import { optimize } from '../../../compiler/5-optimize/optimize.ts';
import { tfjsTarget } from '../../../compiler/5-optimize/tfjs/legalize.ts';
import type { Engine } from '../engine.ts';
import type { DeviceName } from './devices.ts';

/** TensorFlow.js kernels, run one after the other as the program says. TensorFlow.js is loaded when it is used. */
function tfjsEngine(name: DeviceName, what: string): Engine {
  return {
    name,
    present: () => true,
    async describe() {
      const { acquire, version } = await import('./devices.ts');
      const description = { name, version: `TensorFlow.js ${version}`, devices: [what] };
      try {
        const { device, release } = await acquire(name, os.availableParallelism());
        const { threads, note } = device;
        release();
        const devices = note ? [what, note] : [what];
        return { ...description, devices, available: true, threads, reason: null };
      } catch (error) {
        const reason = `${error instanceof Error ? error.message : error}; run "npm ci" again, and use --engine cpu until then`;
        return { ...description, available: false, threads: null, reason };
      }
    },
    async open(programs, { threads = os.availableParallelism() } = {}) {
      const { acquire } = await import('./devices.ts');
      const { TfjsSession } = await import('./session.ts');
      const optimized = optimize(programs, tfjsTarget(name));
      const { device, release } = await acquire(name, threads);
      try {
        return new TfjsSession(optimized, device, release);
      } catch (error) {
        release();
        throw error;
      }
    },
  };
}

export const wasm = tfjsEngine('wasm', 'WebAssembly with SIMD');
export const cpu = tfjsEngine('cpu', 'plain JavaScript (slow)');
