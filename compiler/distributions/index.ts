import { categorical } from './categorical.ts';
import { constant } from './constant.ts';
import type { Distribution } from './distribution.ts';
import { glorotNormal } from './glorot-normal.ts';
import { glorotUniform } from './glorot-uniform.ts';
import { heNormal } from './he-normal.ts';
import { heUniform } from './he-uniform.ts';
import { normal } from './normal.ts';
import { ones } from './ones.ts';
import { orthogonal } from './orthogonal.ts';
import { truncatedNormal } from './truncated-normal.ts';
import { uniform } from './uniform.ts';
import { zeros } from './zeros.ts';

/** Every distribution that a spec can draw latents, noise or first weights from. */
export const distributions: readonly Distribution[] = [
  normal,
  uniform,
  truncatedNormal,
  categorical,
  zeros,
  ones,
  constant,
  glorotUniform,
  glorotNormal,
  heUniform,
  heNormal,
  orthogonal,
];
