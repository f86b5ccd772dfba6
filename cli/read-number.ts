import { DocketError } from '../lib/model/errors.ts';

/** A whole number from a flag. @throws DocketError `usage` */
export function readNumber(
  flag: string,
  text: string,
  { min, max }: { readonly min: number; readonly max: number },
): number {
  const value = /^[0-9]{1,9}$/.test(text) ? Number(text) : Number.NaN;
  if (value >= min && value <= max) return value;
  throw new DocketError('usage', `--${flag}: ${JSON.stringify(text)} is not allowed`, {
    hint: `A whole number from ${min} to ${max}`,
  });
}
