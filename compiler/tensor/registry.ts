import { type Callable, type Primitive, ProgramError } from './primitive.ts';
import * as callables from './primitives/index.ts';

let byName: ReadonlyMap<string, Primitive> | null = null;

/** Every primitive by its name. Made at the first call, since primitives and this file import each other. */
export function primitivesByName(): ReadonlyMap<string, Primitive> {
  byName ??= new Map(
    Object.values(callables as Readonly<Record<string, Callable<unknown>>>).map(({ primitive }) => [
      primitive.name,
      primitive,
    ]),
  );
  return byName;
}

export function primitiveNamed(name: string): Primitive {
  const primitive = primitivesByName().get(name);
  if (!primitive) throw new ProgramError(`no primitive is named ${name}`);
  return primitive;
}
