import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseProjectConfig, parseUserConfig } from '../../lib/config/parse-config.ts';
import { ProjectConfig, UserConfig } from '../../lib/config/schema.ts';
import { DocketError } from '../../lib/model/errors.ts';

const id = '01890000-0000-7000-8000-000000000001';

// zod leaves this name out, a parser by hand keeps it as the plain name it is.
function isUsual(value: unknown): boolean {
  return !JSON.stringify(value).includes('__proto__');
}

const text = fc.oneof(
  fc.constantFrom(
    id,
    'web',
    'web-2',
    'We b',
    '',
    '-a',
    'a'.repeat(33),
    'sqlite:x',
    'sqlite:',
    'mysql://h/n',
    'http://h',
  ),
  fc.string(),
);
const anything = fc.oneof(text, fc.jsonValue());

const projectLike = fc.record(
  {
    workspace: fc.oneof(
      fc.record(
        { id: fc.oneof(fc.constant(id), anything), slug: anything, more: anything },
        { requiredKeys: [] },
      ),
      anything,
    ),
    database: anything,
    more: anything,
  },
  { requiredKeys: [] },
);

const valid = fc.record(
  {
    workspace: fc.record({ id: fc.constant(id), slug: fc.stringMatching(/^[a-z]{1,40}$/) }),
    database: fc.constantFrom('sqlite:x', 'mysql://h/n'),
    more: anything,
  },
  { requiredKeys: ['workspace'] },
);

const userLike = fc.record(
  { database: anything, user: anything, more: anything },
  { requiredKeys: [] },
);

test('the parser of docket.json takes what its schema takes, and gives the same', () => {
  let taken = 0;
  fc.assert(
    fc.property(fc.oneof(projectLike, valid, fc.jsonValue()).filter(isUsual), (value) => {
      const bySchema = ProjectConfig.safeParse(value);
      if (bySchema.success) {
        taken += 1;
        expect(parseProjectConfig(value, 'f')).toEqual(bySchema.data);
      } else {
        expect(() => parseProjectConfig(value, 'f')).toThrow(DocketError);
      }
    }),
    { numRuns: 10_000 },
  );
  expect(taken).toBeGreaterThan(1_000);
});

test('the parser of config.json takes what its schema takes, and gives the same', () => {
  let taken = 0;
  fc.assert(
    fc.property(fc.oneof(userLike, fc.jsonValue()).filter(isUsual), (value) => {
      const bySchema = UserConfig.safeParse(value);
      if (bySchema.success) {
        taken += 1;
        expect(parseUserConfig(value, 'f')).toEqual(bySchema.data);
      } else {
        expect(() => parseUserConfig(value, 'f')).toThrow(DocketError);
      }
    }),
    { numRuns: 10_000 },
  );
  expect(taken).toBeGreaterThan(1_000);
});

test.for([
  [[], 'f is not an object'],
  [{}, 'f: workspace is not an object'],
  [{ workspace: {} }, 'f: workspace.id is not text'],
  [{ workspace: { id: 'x', slug: 'web' } }, 'f: workspace.id is not a workspace id'],
  [{ workspace: { id, slug: 'a'.repeat(33) } }, 'f: workspace.slug is not a slug'],
  [{ workspace: { id, slug: 'web' }, database: 1 }, 'f: database is not text'],
  [
    { workspace: { id, slug: 'web' }, database: 'x' },
    'f: database is not a sqlite: or mysql:// URL',
  ],
] as const)('%j is refused with what is wrong', ([value, message]) => {
  expect(() => parseProjectConfig(value, 'f')).toThrow(message);
});
