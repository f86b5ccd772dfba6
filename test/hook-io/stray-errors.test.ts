import { expect, test } from 'vitest';
import { catchStrayErrors } from '../../lib/hook-io/stray-errors.ts';

function thrown(text: string): Promise<void> {
  setTimeout(() => {
    throw new Error(text);
  });
  return new Promise((resolve) => setTimeout(resolve, 5));
}

test('the newest handler gets a stray error, the older one when it has gone', async () => {
  const seen: string[] = [];
  const note = (name: string) => (error: unknown) =>
    seen.push(`${name}: ${(error as Error).message}`);
  const before = process.listenerCount('uncaughtException');
  const letOuter = catchStrayErrors(note('outer'));
  const letInner = catchStrayErrors(note('inner'));
  await thrown('one');
  letInner();
  letInner();
  await thrown('two');
  letOuter();
  expect(seen).toEqual(['inner: one', 'outer: two']);
  expect(process.listenerCount('uncaughtException')).toBe(before);
});
