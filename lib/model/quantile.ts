/** Gives the value in the middle, or the mean of the two middle ones. */
export function median(values: readonly number[]): number | undefined {
  const sorted = [...values].sort((a, b) => a - b);
  const upper = sorted[sorted.length >> 1];
  const lower = sorted[(sorted.length - 1) >> 1];
  // Halves first: the sum of two large numbers would lose digits.
  return upper === undefined || lower === undefined ? undefined : lower / 2 + upper / 2;
}

/**
 * Gives the smallest value that at least this share (in percent) of the values does not exceed.
 */
export function percentile(values: readonly number[], percent: number): number | undefined {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil((sorted.length * percent) / 100) - 1)];
}
