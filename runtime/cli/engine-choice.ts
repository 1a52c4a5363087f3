import { engineCannotRun } from '../../compiler/diagnostics/codes/engine-cannot-run.ts';
import { type Engine, EngineError, LackingError, type Session } from '../engines/engine.ts';
import { engines, openEngine } from '../engines/index.ts';
import { found } from '../found-error.ts';
import { type FrozenWeights, readFrozenWeights } from '../pretrained/frozen-weights.ts';
import type { Job } from '../train/job.ts';
import { UserError } from '../user-error.ts';

export interface OpenedSession {
  readonly engine: Engine;
  readonly session: Session;
  /** Hashes of the frozen weights that it holds. */
  readonly pretrained: FrozenWeights['hashes'];
}

export interface EngineChoice {
  /** The name that was asked for; else the best one that works is used. */
  readonly engine?: string | undefined;
  readonly threads?: number | undefined;
  readonly dataRoot?: string | undefined;
  /** The programs that will be run: frozen weights are read for these alone. */
  readonly programs: readonly string[];
  /** What there is to choose from; left out, every engine of ganc. */
  readonly among?: readonly Engine[];
}

/**
 * Opens the programs of a job on an engine, with the weights of pretrained models. Without a name, an engine that is
 * installed but does not work is passed over, and `note` is told.
 */
export async function openSession(
  job: Job,
  { engine: name, threads, dataRoot, programs, among }: EngineChoice,
  note: (text: string) => void,
): Promise<OpenedSession> {
  const { set } = job.compiled;
  const home = { folder: job.spec.folder, dataRoot };
  const { values, hashes: pretrained } = await readFrozenWeights(job.pretrained, set, programs, home);
  const options = threads === undefined ? {} : { threads };
  try {
    const wanted =
      name === undefined ? (among ?? engines).filter((engine) => engine.present()) : [openEngine(name)];
    for (const [index, engine] of wanted.entries()) {
      try {
        const session = await engine.open(set, options);
        await session.writeState(values);
        return { engine, session, pretrained };
      } catch (error) {
        const next = wanted[index + 1];
        if (!(error instanceof EngineError) || !next) throw error;
        note(`${error.message}; going on with ${next.name}`);
      }
    }
    throw new EngineError('no engine is installed');
  } catch (error) {
    if (error instanceof LackingError) {
      const { engine, primitive, origin } = error;
      const others = (among ?? engines).filter((other) => other.name !== engine && other.present());
      throw found(engineCannotRun, origin, {
        engine,
        primitive,
        where: origin || 'the programs of this spec',
        others: others.map((other) => other.name),
      });
    }
    if (!(error instanceof EngineError)) throw error;
    throw new UserError(error.message, '`ganc engines` tells what is there, and how to get the rest', {
      exitCode: name === undefined ? 1 : 2,
      cause: error,
    });
  }
}
