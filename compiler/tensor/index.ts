/** The tensor program as one name: `import * as t from '../tensor/index.ts'`, then `t.add(x, 2)`. */
export { gradients, pullback } from './autodiff.ts';
export { broadcastTo, restoreAxes, sumTo } from './broadcasting.ts';
export { Builder, type Value } from './builder.ts';
export * from './derived.ts';
export type { Operand } from './elementwise.ts';
export { ProgramError } from './primitive.ts';
export * from './primitives/index.ts';
export * from './program.ts';
export { placeOf } from './random.ts';
export { substitute } from './substitute.ts';
