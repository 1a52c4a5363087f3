import type { Contender } from './contenders/index.ts';
import { Cannot, ContenderProcess } from './contenders/process.ts';

/** Runs before the first that counts: they compile what has to be compiled. */
const WARM_UP = 2;
/** A turn is this long, but one step at least and `MOST_STEPS` at most. */
const TURN_MS = 2000;
const MOST_STEPS = 10;

export interface Race {
  readonly model: string;
  /** That every contender must have: others are not the same model. */
  readonly weights: number;
  readonly contenders: readonly Contender[];
  readonly rounds: number;
  readonly threads: number;
  readonly progress: (message: string) => void;
}

export interface Result {
  readonly name: string;
  readonly version: string;
  /** Milliseconds of every step that counts. */
  readonly times: readonly number[];
  readonly peakBytes: number;
}

/**
 * Lets every contender train: each in a process of its own, all alive at once and taking turns, so that what
 * disturbs the machine disturbs all of them. Those that cannot are told with their reasons.
 */
export async function run(race: Race): Promise<{ results: readonly Result[]; reasons: readonly string[] }> {
  const runners: Runner[] = [];
  const reasons: string[] = [];
  try {
    for (const contender of race.contenders) {
      race.progress(`${race.model}: starting ${contender.name}`);
      const process = new ContenderProcess(contender.command(race.model, race.threads));
      try {
        runners.push(await warmUp(contender, process, race));
      } catch (error) {
        process.kill();
        if (!(error instanceof Cannot)) throw error;
        reasons.push(`${contender.name} cannot: ${error.message}`);
      }
    }
    for (let round = 1; round <= race.rounds; round++) {
      for (const { name, process, steps, times } of runners) {
        race.progress(`${race.model}: round ${round} of ${race.rounds}, ${name}`);
        times.push(...(await process.run('step', steps)));
      }
    }
    const results: Result[] = [];
    for (const { name, version, times, process } of runners) {
      results.push({ name, version, times, peakBytes: await process.end() });
    }
    return { results, reasons };
  } finally {
    for (const { process } of runners) process.kill();
  }
}

interface Runner {
  readonly name: string;
  readonly version: string;
  readonly process: ContenderProcess;
  /** How many a turn has. */
  readonly steps: number;
  readonly times: number[];
}

async function warmUp({ name }: Contender, process: ContenderProcess, race: Race): Promise<Runner> {
  const { weights, version } = await process.about();
  if (weights !== race.weights) {
    throw new Error(
      `${name} trains ${weights} weights of ${race.model}, ganc ${race.weights}: they are two models`,
    );
  }
  const last = (await process.run('step', WARM_UP)).at(-1)!;
  const steps = Math.min(Math.max(Math.round(TURN_MS / last), 1), MOST_STEPS);
  return { name, version, process, steps, times: [] };
}
