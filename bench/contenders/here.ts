import { spawnSync } from 'node:child_process';
import { type Contender, PYTHON } from './index.ts';

const FIND = `
import importlib.util
print(*[name for name in ("tensorflow", "torch") if importlib.util.find_spec(name)])
`;

/** Those whose Python package is here; what is not, and why, is told once. */
export function contendersHere(
  wanted: readonly Contender[],
  tell: (message: string) => void,
): ReadonlySet<Contender> {
  const packages = new Set(wanted.flatMap(({ python }) => python ?? []));
  const found = new Set<string>();
  if (packages.size > 0) {
    const { stdout } = spawnSync(PYTHON, ['-c', FIND], { encoding: 'utf8' });
    for (const name of (stdout ?? '').trim().split(' ')) found.add(name);
  }
  const missing = [...packages].filter((name) => !found.has(name));
  if (missing.length > 0) {
    tell(
      `${PYTHON} has no ${missing.join(' and no ')}: those rows are left out; GANC_PYTHON names another python`,
    );
  }
  return new Set(wanted.filter(({ python }) => !python || found.has(python)));
}
