import { expect, test } from 'vitest';
import { readMinutesParts } from '../../../lib/model/run/minutes-part.ts';

test('parts are read as they were stored, and what is none is left out', () => {
  const part = { from: 'said', by: 'alice', ms: 60_000, billed: true } as const;
  expect(readMinutesParts(JSON.stringify([part]))).toEqual([part]);
  const strange = [part, null, 7, { from: 'guessed', ms: 1 }, { from: 'said', ms: 'x' }, {}];
  expect(readMinutesParts(JSON.stringify(strange))).toEqual([part]);
  expect(
    readMinutesParts(JSON.stringify([{ from: 'measured', ms: 5, by: 3, billed: 'no' }])),
  ).toEqual([{ from: 'measured', by: null, ms: 5, billed: false }]);
  for (const text of [null, '', '{}', '"a"', '[']) expect(readMinutesParts(text)).toEqual([]);
});
