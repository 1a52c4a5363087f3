import { spawnSync } from 'node:child_process';
import type { Options } from '../options.ts';
import { type Contender, contenders, PYTHON } from './index.ts';

const FIND = `
import importlib.util
print(*[name for name in ("tensorflow", "torch") if importlib.util.find_spec(name)])
`;

/** The chosen contenders, without those whose Python package is not there: that is said once. */
export function contendersHere(options: Options): readonly Contender[] {
  const chosen = contenders.filter(({ name }) => options.contenders.includes(name));
  const wanted = new Set(chosen.flatMap(({ python }) => python ?? []));
  if (wanted.size === 0) return chosen;
  const found = new Set(
    (spawnSync(PYTHON, ['-c', FIND], { encoding: 'utf8' }).stdout ?? '').trim().split(' '),
  );
  const missing = [...wanted].filter((name) => !found.has(name));
  if (missing.length > 0) {
    options.progress(
      `${PYTHON} has no ${missing.join(' and no ')}: those rows are left out (GANC_PYTHON names another python)`,
    );
  }
  return chosen.filter(({ python }) => !python || found.has(python));
}
