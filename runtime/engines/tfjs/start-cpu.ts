import { MathBackendCPU } from '@tensorflow/tfjs-backend-cpu';
import { type DataId, type DataType, util } from '@tensorflow/tfjs-core';
import { Device } from './device.ts';
import { Meter } from './meter.ts';

/** tfjs's plain JavaScript backend, with its memory counted. */
class MeteredCpu extends MathBackendCPU {
  readonly meter = new Meter();

  override write(...args: Parameters<MathBackendCPU['write']>): DataId {
    const [, shape, dtype] = args;
    const dataId = super.write(...args);
    this.meter.allocated(dataId, util.sizeFromShape(shape) * util.bytesPerElement(dtype as DataType));
    return dataId;
  }

  override disposeData(dataId: DataId, force = false): boolean {
    const released = super.disposeData(dataId, force);
    if (released) this.meter.freed(dataId);
    return released;
  }
}

export async function startCpu(): Promise<Device> {
  const backend = new MeteredCpu();
  // Keeps it from recommending another backend on the terminal at its first use.
  Object.assign(backend, { firstUse: false });
  return new Device('cpu', backend, backend.meter, 1);
}
