import { expect, test } from 'vitest';
import { firstParagraph } from '../../lib/model/first-paragraph.ts';

test('a Markdown text says its first paragraph, without its headings and marks', () => {
  const text = '## Summary\n\nThe **login** works\nwith tokens.\n\n- api/auth.py\n';
  expect(firstParagraph(text)).toBe('The login works with tokens.');
});

test('a list says its first item', () => {
  expect(firstParagraph('# Done\n- **Sign-in:** works\n- refresh works')).toBe('Sign-in: works');
});

test('a paragraph that announces a list says the items of the list', () => {
  const text =
    'Code generated:\n\n- **login**\n- refresh,\n  with rotation\n\n- logout\n\nAll works.';
  expect(firstParagraph(text)).toBe('Code generated: login; refresh, with rotation; logout');
  expect(firstParagraph('Two things:\n1. sign-in\n2. refresh')).toBe(
    'Two things: sign-in; refresh',
  );
  expect(firstParagraph('As follows:\n\nIt works.\n- not of the list')).toBe('As follows:');
  expect(firstParagraph('Run this:\n```\n- x\n```')).toBe('Run this:');
  expect(firstParagraph('Two\n- sign-in')).toBe('Two');
});

test('a text of one line is that line, and stars of a pattern stay', () => {
  expect(firstParagraph('changed *.ts and **/*.md')).toBe('changed *.ts and **/*.md');
  expect(firstParagraph('  it stands  ')).toBe('it stands');
});

test('a text of headings or code alone is its first line', () => {
  expect(firstParagraph('# Done\n')).toBe('Done');
  expect(firstParagraph('```\nx = 1\n```')).toBe('x = 1');
  expect(firstParagraph('')).toBe('');
  expect(firstParagraph('\n---\n')).toBe('---');
});

test('a text of a million characters is read in one pass', () => {
  expect(firstParagraph('**a '.repeat(250_000))).toMatch(/^a a /);
  expect(firstParagraph('*'.repeat(1_000_000))).toHaveLength(1_000_000);
});
