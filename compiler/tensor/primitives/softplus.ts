import { unary } from '../elementwise.ts';
import { mul } from './mul.ts';
import { sigmoid } from './sigmoid.ts';

/** log(1 + e^x), computed as max(x, 0) + log1p(e^−|x|) so that large x neither overflows nor loses digits. */
export const softplus = unary({
  name: 'softplus',
  summary: 'log(1 + e ** x), sound for large |x|',
  gradient: (d, x) => mul(d, sigmoid(x)),
});
