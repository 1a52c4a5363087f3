import { Cannot, type Command, ContenderProcess } from './contenders/process.ts';

/** A turn is about this long, but runs everything once at least, and `MOST_TIMES` at most. */
const TURN_MS = 2000;
const MOST_TIMES = 10;

export interface Entrant {
  readonly name: string;
  readonly command: Command;
  /** What it is timed at, by the names it knows. */
  readonly bodies: readonly string[];
}

export interface Result {
  readonly name: string;
  readonly version: string;
  /** Milliseconds of every run that counts, by body. */
  readonly times: ReadonlyMap<string, readonly number[]>;
  readonly peakBytes: number;
}

export interface Race {
  readonly entrants: readonly Entrant[];
  readonly rounds: number;
  /** The weights that a model has: an entrant that trains another number trains another model. */
  readonly weights: number;
  readonly progress: (message: string) => void;
}

/**
 * Times every entrant: each in a process of its own, all alive at once and taking turns, so that what disturbs the
 * machine disturbs all of them. One that cannot, or no longer, is out, and its reason told.
 */
export async function runRace({ entrants, rounds, weights, progress }: Race): Promise<{
  readonly results: ReadonlyMap<Entrant, Result>;
  readonly reasons: ReadonlyMap<Entrant, string>;
}> {
  const runners = new Map<Entrant, Runner>();
  const results = new Map<Entrant, Result>();
  const reasons = new Map<Entrant, string>();
  const turn = async (entrant: Entrant, body: () => Promise<void>) => {
    try {
      await body();
    } catch (error) {
      if (!(error instanceof Cannot)) throw error;
      reasons.set(entrant, error.message);
      runners.delete(entrant);
    }
  };
  const processes: ContenderProcess[] = [];
  try {
    for (const entrant of entrants) {
      progress(`starting ${entrant.name}`);
      const process = new ContenderProcess(entrant.command);
      processes.push(process);
      await turn(entrant, async () => {
        runners.set(entrant, await warmUp(entrant, process, weights));
      });
    }
    for (let round = 1; round <= rounds; round++) {
      for (const [entrant, { process, times }] of runners) {
        progress(`round ${round} of ${rounds}: ${entrant.name}`);
        await turn(entrant, async () => {
          for (const [body, list] of times)
            list.push(...(await takeTurn(process, body, TURN_MS / times.size)));
        });
      }
    }
    for (const [entrant, { version, process, times }] of runners) {
      await turn(entrant, async () => {
        results.set(entrant, { name: entrant.name, version, times, peakBytes: await process.end() });
      });
    }
    return { results, reasons };
  } finally {
    for (const process of processes) process.kill();
  }
}

interface Runner {
  readonly version: string;
  readonly process: ContenderProcess;
  readonly times: ReadonlyMap<string, number[]>;
}

async function warmUp(
  { name, bodies }: Entrant,
  process: ContenderProcess,
  weights: number,
): Promise<Runner> {
  const { weights: own, version } = await process.about();
  if (own !== undefined && own !== weights) {
    throw new Error(`${name} trains ${own} weights and ganc ${weights}: they are not one model`);
  }
  // The first run compiles what has to be compiled, the next may still be slow; where both are long, one will do.
  for (const body of bodies) if ((await process.run(body)) < TURN_MS) await process.run(body);
  return { version, process, times: new Map(bodies.map((body) => [body, []])) };
}

async function takeTurn(process: ContenderProcess, body: string, length: number): Promise<readonly number[]> {
  const times: number[] = [];
  let spent = 0;
  while (times.length === 0 || (spent < length && times.length < MOST_TIMES)) {
    const time = await process.run(body);
    times.push(time);
    spent += time;
  }
  return times;
}
