import { data } from './data.ts';
import { evaluate } from './evaluate.ts';
import { flow } from './flow.ts';
import { forWord } from './for.ts';
import { ganWord } from './gan.ts';
import { hole } from './hole.ts';
import { importWord } from './import.ts';
import { inWord } from './in.ts';
import { label } from './label.ts';
import { latent } from './latent.ts';
import { loss } from './loss.ts';
import { module } from './module.ts';
import { network } from './network.ts';
import { none } from './none.ts';
import { number } from './number.ts';
import { param } from './param.ts';
import { perFrame } from './per-frame.ts';
import { pretrained } from './pretrained.ts';
import { record } from './record.ts';
import { repeat } from './repeat.ts';
import { sample } from './sample.ts';
import { shape } from './shape.ts';
import { stage } from './stage.ts';
import { state } from './state.ts';
import { train } from './train.ts';
import { update } from './update.ts';
import type { Word } from './word.ts';

/** Declarations and their parts, in the order in which a spec has them, then what they are written with. */
const parts: readonly Word[] = [
  importWord,
  param,
  latent,
  data,
  pretrained,
  module,
  network,
  loss,
  train,
  update,
  state,
  stage,
  sample,
  evaluate,
  flow,
  forWord,
  repeat,
  perFrame,
  shape,
  inWord,
  label,
  record,
  number,
  none,
  hole,
];

/** Every word of the language that has a page. */
export const words: readonly Word[] = [ganWord(parts), ...parts];
