import type { Device } from './device.ts';
import { startCpu } from './start-cpu.ts';
import { startWasm } from './start-wasm.ts';

/** A device that sessions share: tfjs keeps one wasm module per process, and so do we. */
interface Shared {
  readonly device: Promise<Device>;
  sessions: number;
}

const starts = { wasm: startWasm, cpu: startCpu } as const;

export type DeviceName = keyof typeof starts;

/** Of TensorFlow.js, whose backends bear the same number. */
export { version_core as version } from '@tensorflow/tfjs-core';

const running = new Map<DeviceName, Shared>();

/**
 * A device, started by the first session that asks and stopped, threads and memory, when the last one releases
 * it. The number of threads is that of the first.
 */
export async function acquire(
  name: DeviceName,
  threads: number,
): Promise<{ readonly device: Device; readonly release: () => void }> {
  let shared = running.get(name);
  if (!shared) {
    shared = { device: starts[name](threads), sessions: 0 };
    running.set(name, shared);
  }
  const { device: starting } = shared;
  shared.sessions++;
  const release = (device?: Device) => {
    shared.sessions--;
    if (shared.sessions > 0) return;
    running.delete(name);
    device?.backend.dispose();
  };
  try {
    const device = await starting;
    return { device, release: () => release(device) };
  } catch (error) {
    release();
    throw error;
  }
}
