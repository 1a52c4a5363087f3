import { cifar10 } from './cifar10.ts';
import { folder } from './folder.ts';
import { framesFolder } from './frames-folder.ts';
import { gaussiansGrid } from './gaussians-grid.ts';
import { gaussiansRing } from './gaussians-ring.ts';
import { idx } from './idx.ts';
import { mnist } from './mnist.ts';
import { npz } from './npz.ts';
import { paired } from './paired.ts';
import type { Source } from './source.ts';

/** Everything that data can come from. */
export const sources: readonly Source[] = [
  mnist,
  cifar10,
  idx,
  folder,
  paired,
  framesFolder,
  npz,
  gaussiansRing,
  gaussiansGrid,
];
