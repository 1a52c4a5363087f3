import { type Engine, EngineError } from './engine.ts';
import { tensorflow } from './tensorflow/engine.ts';
import { cpu, wasm } from './tfjs/engine.ts';

/** Every engine, the best one first. */
export const engines: readonly Engine[] = [tensorflow, wasm, cpu];

/**
 * The engine of that name. Nothing is started yet: whether it runs here turns out when it opens, or when it
 * describes itself.
 */
export function openEngine(name: string): Engine {
  const engine = engines.find((known) => known.name === name);
  if (engine) return engine;
  const names = engines.map((known) => known.name).join(' or ');
  throw new EngineError(`there is no engine named ${name}; use ${names}`);
}
