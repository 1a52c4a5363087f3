import type { Engine, Session } from '../engines/engine.ts';
import type { Job } from '../train/job.ts';
import { UserError } from '../user-error.ts';

export interface OpenedSession {
  readonly engine: Engine;
  readonly session: Session;
}

export interface EngineChoice {
  /** The name that was asked for; else the best one that works is used. */
  readonly engine?: string | undefined;
  readonly threads?: number | undefined;
}

/**
 * Opens the programs of a job on an engine. Without a name, one that is installed but does not work is passed
 * over, and `note` is told. TensorFlow.js is loaded only now.
 */
export async function openSession(
  job: Job,
  { engine: name, threads }: EngineChoice,
  note: (text: string) => void,
): Promise<OpenedSession> {
  const { engines, openEngine } = await import('../engines/index.ts');
  const { EngineError } = await import('../engines/engine.ts');
  const options = threads === undefined ? {} : { threads };
  try {
    const wanted = name === undefined ? engines.filter((engine) => engine.present()) : [openEngine(name)];
    for (const [index, engine] of wanted.entries()) {
      try {
        return { engine, session: await engine.open(job.compiled.set, options) };
      } catch (error) {
        const next = wanted[index + 1];
        if (!(error instanceof EngineError) || !next) throw error;
        note(`${error.message}; going on with ${next.name}`);
      }
    }
    throw new EngineError('no engine is installed');
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    throw new UserError(error.message, '`ganc engines` tells what is there, and how to get the rest', {
      exitCode: name === undefined ? 1 : 2,
      cause: error,
    });
  }
}
