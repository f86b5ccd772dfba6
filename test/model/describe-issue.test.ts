import { expect, test } from 'vitest';
import * as z from 'zod/mini';
import { describeIssue } from '../../lib/model/describe-issue.ts';

test.each<[string, z.core.$ZodType, unknown]>([
  ['is empty', z.string().check(z.minLength(1)), ''],
  ['must have at least 3 characters', z.string().check(z.minLength(3)), 'ab'],
  ['must have at most 2 characters', z.string().check(z.maxLength(2)), 'abc'],
  ['is empty', z.array(z.string()).check(z.minLength(1)), []],
  ['must have at least 2 items', z.array(z.string()).check(z.minLength(2)), ['a']],
  ['must have at most 1 item', z.array(z.string()).check(z.maxLength(1)), ['a', 'b']],
  ['must be at least 1', z.int().check(z.minimum(1)), 0],
  ['must be at most 5', z.int().check(z.maximum(5)), 6],
  ['must be more than 0', z.number().check(z.positive()), 0],
  ['must be less than 0', z.number().check(z.negative()), 0],
  ['must be a string or a number', z.union([z.string(), z.number()]), true],
  [
    'must be a string, an array or an object',
    z.union([z.string(), z.array(z.unknown()), z.record(z.string(), z.unknown())]),
    5,
  ],
  [
    'about must be one of client, project',
    z.union([z.string(), z.object({ about: z.enum(['client', 'project']) })]),
    { about: 'planet' },
  ],
  ['must be one of 0, 1', z.union([z.literal(0), z.literal(1)]), 2],
  ['is blank', z.string().check(z.minLength(1, { error: 'is blank' })), ''],
])('it says that a value %s', (reason, schema, value) => {
  const result = z.safeParse(schema, value, { reportInput: true });
  expect(describeIssue(result.error?.issues[0])).toBe(reason);
});
