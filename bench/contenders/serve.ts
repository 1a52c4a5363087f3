import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';

/** What a contender can be told to do, by name, and what it says of itself. */
export interface Contest {
  /** Trained weights, of all networks, if it trains any. */
  readonly weights?: number;
  /** What runs it, with its version. */
  readonly version: string;
  readonly bodies: Readonly<Record<string, () => unknown>>;
}

/**
 * The contender's side of the protocol, one JSON object a line: says `ready`, or `cannot` with the reason; times
 * what it is told to run; says its memory at the end.
 */
export async function serve(start: () => Promise<Contest>): Promise<void> {
  try {
    const { bodies, ...about } = await start();
    say({ ready: about });
    for await (const line of createInterface({ input: process.stdin })) {
      const order = JSON.parse(line) as { run?: string };
      if (order.run === undefined) break;
      say({ ms: await timeOf(bodies[order.run]!) });
    }
    say({ peakBytes: peakBytes() });
  } catch (error) {
    say({ cannot: error instanceof Error ? error.message : String(error) });
  }
  process.exit(0);
}

async function timeOf(body: () => unknown): Promise<number> {
  const start = performance.now();
  await body();
  return performance.now() - start;
}

function say(message: object): void {
  process.stdout.write(`${JSON.stringify(message)}\n`);
}

/** The largest resident set so far. What `getrusage` tells on Linux has the parent's in it. */
function peakBytes(): number {
  try {
    const [, kib] = /^VmHWM:\s*(\d+) kB/m.exec(readFileSync('/proc/self/status', 'utf8'))!;
    return Number(kib) * 1024;
  } catch {
    return process.resourceUsage().maxRSS * 1024;
  }
}
