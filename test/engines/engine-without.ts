import { optimize } from '../../compiler/5-optimize/optimize.ts';
import { tfjsTarget } from '../../compiler/5-optimize/tfjs/legalize.ts';
import type { Engine } from '../../runtime/engines/engine.ts';
import { Device, type Kernel, MissingKernel } from '../../runtime/engines/tfjs/device.ts';
import { acquire } from '../../runtime/engines/tfjs/devices.ts';
import { TfjsSession } from '../../runtime/engines/tfjs/session.ts';

/** An engine called `stripped`: that of plain JavaScript without one of its kernels, such as `Erf`. */
export function engineWithout(missing: string, name = 'stripped'): Engine {
  return {
    name,
    present: () => true,
    describe: async () => ({
      name,
      available: true,
      version: null,
      threads: 1,
      devices: [],
      reason: null,
    }),
    async open(programs) {
      const { device, release } = await acquire('cpu', 1);
      try {
        const stripped = new StrippedDevice(name, device, missing);
        return new TfjsSession(optimize(programs, tfjsTarget('cpu')), stripped, release);
      } catch (error) {
        release();
        throw error;
      }
    },
  };
}

class StrippedDevice extends Device {
  readonly #whole: Device;
  readonly #missing: string;

  constructor(name: string, whole: Device, missing: string) {
    super(name, whole.backend, whole.meter, 1);
    this.#whole = whole;
    this.#missing = missing;
  }

  override kernel(name: string): Kernel {
    if (name === this.#missing) throw new MissingKernel(name);
    return this.#whole.kernel(name);
  }
}
