import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import {
  readTemplate,
  templateFolder,
  templateNames,
} from '../../../lib/config/templates/template-files.ts';

function openProject(): { root: string; folder: string } {
  const base = mkdtempSync(join(tmpdir(), 'docket-plans-'));
  onTestFinished(() => rmSync(base, { recursive: true }));
  const root = join(base, 'web');
  const folder = join(root, templateFolder);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(base, 'secret.md'), '# Secret\n- [ ] a\n');
  return { root, folder };
}

test('the Markdown files of the folder are templates, by their names', () => {
  const { root, folder } = openProject();
  for (const name of ['b.md', 'a.md', 'note.txt']) writeFileSync(join(folder, name), '# T');
  expect(templateNames(root)).toEqual(['a', 'b']);
  expect(readTemplate(root, 'a')).toEqual({ file: `${templateFolder}/a.md`, text: '# T' });
});

test('a project without the folder has no templates', () => {
  const { root, folder } = openProject();
  rmSync(folder, { recursive: true });
  expect(templateNames(root)).toEqual([]);
  expect(() => readTemplate(root, 'a')).toThrow(
    expect.objectContaining({
      code: 'not_found',
      hint: `${templateFolder}/a.md would be it; docket plan --help shows one`,
    }),
  );
});

test('a name that is nearly right is told', () => {
  const { root, folder } = openProject();
  writeFileSync(join(folder, 'backup-check.md'), '# T');
  expect(() => readTemplate(root, 'backup-chek')).toThrow(
    expect.objectContaining({ hint: 'Did you mean backup-check?' }),
  );
});

test.each([
  '',
  '.',
  '..',
  '../secret',
  '../../../../secret',
  '/etc/hostname',
  'a/b',
  'a\0b',
  '-x',
  'x'.repeat(65),
])('a name that could lead elsewhere is refused: %j', (name) => {
  expect(() => readTemplate(openProject().root, name)).toThrow('is no name of a template');
});

test('a link is followed inside the project, and refused where it leads out of it', () => {
  const { root, folder } = openProject();
  writeFileSync(join(root, 'inside.md'), '# In');
  symlinkSync('../../../inside.md', join(folder, 'in.md'));
  symlinkSync('../../../../secret.md', join(folder, 'out.md'));
  symlinkSync('loop.md', join(folder, 'loop.md'));
  expect(readTemplate(root, 'in').text).toBe('# In');
  expect(() => readTemplate(root, 'out')).toThrow('out.md is a link that leads out of the project');
  expect(() => readTemplate(root, 'loop')).toThrow(/cannot read .*loop.md|no template/);
});

test('a folder that is a link out of the project is refused as well', () => {
  const { root, folder } = openProject();
  rmSync(folder, { recursive: true });
  symlinkSync('../../..', folder);
  expect(() => readTemplate(root, 'secret')).toThrow('leads out of the project');
});

test.each([
  [
    'too long',
    (path: string) => writeFileSync(path, 'x'.repeat(65_537)),
    'is longer than 65536 bytes',
  ],
  ['a folder', (path: string) => mkdirSync(path), 'is not a file'],
])('a template that is %s is refused', (_, make, reason) => {
  const { root, folder } = openProject();
  make(join(folder, 'big.md'));
  expect(() => readTemplate(root, 'big')).toThrow(`${templateFolder}/big.md ${reason}`);
});
