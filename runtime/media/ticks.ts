/** Round numbers that divide a range into about `count` parts and cover it: steps of 1, 2 or 5 times a power of ten. */
export function niceTicks(low: number, high: number, count: number): number[] {
  const rough = (high - low) / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5, 10].find((factor) => factor * power >= rough) ?? 10);
  const first = Math.floor(low / step);
  const last = Math.ceil(high / step - 1e-9);
  // Multiplied, not added up, so that 0.3 stays 0.3.
  return Array.from({ length: last - first + 1 }, (_, i) => Number(((first + i) * step).toPrecision(12)));
}

/** How ticks are written: `0.8 1.0 1.2`, `500 1,000 1,500`, `20k 40k`, `−2 0 2`. */
export function tickLabels(ticks: readonly number[]): string[] {
  const largest = Math.max(...ticks.map(Math.abs));
  const [unit, sign] = largest >= 2e6 ? [1e6, 'M'] : largest >= 2e4 ? [1e3, 'k'] : [1, ''];
  const decimals = Math.max(0, ...ticks.map((tick) => decimalsOf(tick / unit)));
  const format = new Intl.NumberFormat('en-US', {
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  });
  return ticks.map((tick) => (tick === 0 ? '0' : `${format.format(tick / unit).replace('-', '−')}${sign}`));
}

function decimalsOf(value: number): number {
  for (let decimals = 0; decimals < 12; decimals++) {
    if (Math.abs(value - Number(value.toFixed(decimals))) <= 1e-9 * Math.abs(value)) return decimals;
  }
  return 12;
}
