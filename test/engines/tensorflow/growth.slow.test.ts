import { existsSync, readdirSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { openEngine } from '../../../runtime/engines/index.ts';
import { describeOn } from '../on-each-engine.ts';
import { smallGan, stepInputs } from '../small-gan.ts';

const gan = smallGan();
const MIB = 2 ** 20;

/** Files, pipes and the like that this process has open; 0 where the system does not tell. */
function openHandles(): number {
  return existsSync('/proc/self/fd') ? readdirSync('/proc/self/fd').length : 0;
}

function residentBytes(): number {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  return process.memoryUsage.rss();
}

describeOn(['tensorflow'], 'memory over many steps', (engine) => {
  test('after 1,500 steps it holds as much as after 300', async () => {
    const session = await openEngine(engine).open(gan.set, { threads: 2 });
    await session.run('init', { key: Int32Array.of(3, 0, 0, 0) });
    const after = async (from: number, to: number) => {
      for (let step = from; step <= to; step++) {
        await session.run('step', stepInputs(gan, step));
        if (step % 100 === 0) await session.writeState(await session.readState());
      }
      return { held: session.memory(), handles: openHandles(), resident: residentBytes() };
    };
    const early = await after(1, 300);
    const late = await after(301, 1500);
    await session.close();
    expect(late.held).toEqual(early.held);
    expect(late.handles).toBe(early.handles);
    // A tensor of this GAN's batch that is not given back would be 1 KiB a step; pools of memory settle slowly.
    expect(late.resident - early.resident).toBeLessThan(16 * MIB);
  });

  test('sessions that were closed leave nothing behind', async () => {
    const open = async (times: number) => {
      for (let time = 0; time < times; time++) {
        const session = await openEngine(engine).open(gan.set, { threads: 2 });
        await session.run('init', { key: Int32Array.of(3, 0, 0, 0) });
        await session.close();
      }
      return { handles: openHandles(), resident: residentBytes() };
    };
    const early = await open(3);
    const late = await open(12);
    expect(late.handles).toBe(early.handles);
    expect(late.resident - early.resident).toBeLessThan(64 * MIB);
  });
});
