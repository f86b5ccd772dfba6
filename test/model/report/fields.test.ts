import { expect, test } from 'vitest';
import { describeField } from '../../../lib/model/report/describe-field.ts';
import { commonFields, fieldsOfType, fieldsWhere } from '../../../lib/model/report/fields.ts';

test('every field that a report is asked for is described', () => {
  const asked = [...commonFields, ...Object.values(fieldsOfType).flat()];
  expect(asked.filter((name) => (describeField(name) ?? '') === '')).toEqual([]);
});

test('every field with a type is asked for by some report', () => {
  const asked = new Set<string>([...commonFields, ...Object.values(fieldsOfType).flat()]);
  const typed = fieldsWhere(({ type }) => type !== undefined);
  expect(typed).toContain('root_cause');
  expect(typed.filter((name) => !asked.has(name))).toEqual([]);
});
