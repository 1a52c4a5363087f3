import path, { type PlatformPath } from 'node:path';

/** Whether `inner` is `outer` or beneath it; both absolute. */
export function isInside(inner: string, outer: string, paths: PlatformPath = path): boolean {
  const relative = paths.relative(outer, inner);
  return (
    relative === '' ||
    !(relative === '..' || relative.startsWith(`..${paths.sep}`) || paths.isAbsolute(relative))
  );
}
