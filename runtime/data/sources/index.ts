import { gaussiansGrid } from '../../../compiler/sources/gaussians-grid.ts';
import { gaussiansRing } from '../../../compiler/sources/gaussians-ring.ts';
import type { OpenSource } from '../examples.ts';
import { openCifar10 } from './cifar10.ts';
import { openFolder } from './folder.ts';
import { openFramesFolder } from './frames-folder.ts';
import { openGaussians } from './gaussians.ts';
import { openIdx } from './idx.ts';
import { openMnist } from './mnist.ts';
import { openNpz } from './npz.ts';
import { openPaired } from './paired.ts';

/** How each source that a spec may name is opened. */
export const openers: ReadonlyMap<string, OpenSource> = new Map<string, OpenSource>([
  ['cifar10', openCifar10],
  ['folder', openFolder],
  ['frames_folder', openFramesFolder],
  ['gaussians.grid', openGaussians(gaussiansGrid)],
  ['gaussians.ring', openGaussians(gaussiansRing)],
  ['idx', openIdx],
  ['mnist', openMnist],
  ['npz', openNpz],
  ['paired', openPaired],
]);
