/** How a number is written where nobody has written it: `50_000`, `2e-4`, `0.02`. */
export function numberText(value: number): string {
  if (value === 0) return '0';
  if (Number.isInteger(value) && value < 1e15) {
    const digits = String(value);
    return value >= 10_000 || (value >= 1000 && value % 1000 === 0)
      ? digits.replace(/\B(?=(\d{3})+$)/g, '_')
      : digits;
  }
  const plain = String(value);
  if (value >= 1e-3) return plain;
  return plain.includes('e') ? plain : value.toExponential();
}
