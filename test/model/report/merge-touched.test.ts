import { expect, test } from 'vitest';
import { mergeTouched } from '../../../lib/model/report/merge-touched.ts';

function touched(...paths: readonly string[]) {
  return { files: paths.map((path) => ({ path, isNew: path.includes('new') })), isCut: false };
}

test('files that were edited are added to those that an agent reported, new ones as created', () => {
  const context = { files_created: ['docs/plan.md'], files_modified: ['README.md'] };
  expect(mergeTouched(context, touched('src/a.ts', 'src/new.ts'))).toEqual({
    files_created: ['docs/plan.md', 'src/new.ts'],
    files_modified: ['README.md', 'src/a.ts'],
  });
  expect(mergeTouched({}, touched())).toEqual({});
});

test('a file stands once, however the agent spells its path, and where the agent put it', () => {
  const spellings = [
    ...['src/auth.ts', './src/auth.ts', '/home/alice/web/src/auth.ts', 'auth.ts', 'src\\auth.ts'],
    ...['`src/auth.ts`', 'src/auth.ts (the new login)', 'src/auth.ts: the login'],
  ];
  for (const spelling of spellings) {
    const context = { files_modified: [spelling] };
    expect(mergeTouched(context, touched('src/auth.ts'))).toEqual(context);
  }
  const asModified = { files_modified: ['src/new.ts'] };
  expect(mergeTouched(asModified, touched('src/new.ts'))).toEqual(asModified);
  const twice = { files_created: ['src/auth.ts'], files_modified: ['src/auth.ts'] };
  expect(mergeTouched(twice, touched('src/auth.ts'))).toEqual({
    files_created: ['src/auth.ts'],
  });
  const again = { files_modified: ['src/auth.ts', './src/auth.ts', 'src/auth.ts, twice'] };
  expect(mergeTouched(again, touched('src/auth.ts')).files_modified).toContain('src/auth.ts');
});

test('a name that several files end with means none of them', () => {
  const context = { files_modified: ['index.ts'] };
  expect(mergeTouched(context, touched('a/index.ts', 'b/index.ts'))).toEqual({
    files_modified: ['index.ts', 'a/index.ts', 'b/index.ts'],
  });
});

test('what an agent reports beside paths stays as it is', () => {
  const context = { files_modified: ['', 'the login and its tests', { path: 'x' }, 7] };
  expect(mergeTouched(context, touched('src/a.ts'))).toEqual({
    files_modified: ['', 'the login and its tests', { path: 'x' }, 7, 'src/a.ts'],
  });
  expect(mergeTouched({ files_modified: 'src/b.ts' }, touched('src/a.ts'))).toEqual({
    files_modified: ['src/b.ts', 'src/a.ts'],
  });
});

test('of many files the first are named and the others counted, once', () => {
  const paths = Array.from({ length: 503 }, (_, index) => `src/${index}.ts`);
  const merged = mergeTouched({}, touched(...paths));
  expect(merged.files_modified).toHaveLength(501);
  expect(merged.files_modified).toContain('+3 files');
  expect(mergeTouched(merged, touched(...paths))).toEqual(merged);
  const more = mergeTouched({}, { ...touched(...paths), isCut: true });
  expect(more.files_modified).toContain('+3 or more files');
  const long = Array.from({ length: 200 }, (_, index) => `src/${index}${'x'.repeat(480)}`);
  expect(JSON.stringify(mergeTouched({}, touched(...long))).length).toBeLessThan(65_000);
});
