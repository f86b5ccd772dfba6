import { expect, test } from 'vitest';
import { knownFields } from '../../../lib/model/checklist/field-words.ts';
import { reportFields } from '../../../lib/model/report/fields.ts';
import { Report } from '../../../lib/model/report/report.ts';

test('every field that reports are asked for is known here, so that none passes for a loose fact', () => {
  const asked = [Report.shape, ...Object.values(reportFields)].flatMap(Object.keys);
  expect(asked.filter((field) => !knownFields.has(field))).toEqual([]);
});
