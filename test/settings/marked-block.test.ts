import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addMarkedBlock, removeMarkedBlock } from '../../lib/settings/marked-block.ts';

const anyBlock = fc.array(fc.string({ unit: 'grapheme' })).map((lines) => lines.join('\n'));
const line = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.constantFrom(
    '',
    '# Web',
    ' <!-- docket:begin',
    '<!-- docket:begin',
    '<!-- docket:begin --> begins it',
    '<!-- docket:end --> ends it',
    'see <!-- docket:begin -->',
    '<!-- docket:end -->',
  ),
);
const anyMarkdown = fc
  .array(fc.tuple(line, fc.constantFrom('\n', '\r\n', '\r', '\n\n')))
  .chain((lines) => fc.tuple(fc.constant(lines), fc.boolean()))
  .map(([lines, isOpen]) => {
    const text = lines.map(([words, end]) => words + end).join('');
    return isOpen ? text.trimEnd() : text;
  });

test('removing the block gives the file back byte for byte', () => {
  fc.assert(
    fc.property(fc.option(anyMarkdown, { nil: undefined }), anyBlock, (text, block) => {
      const marked = addMarkedBlock(text, block);
      expect(marked.startsWith(text ?? '')).toBe(true);
      expect(removeMarkedBlock(marked)).toBe(text);
    }),
    { numRuns: 2000 },
  );
});

test('adding twice is adding once, and a newer block takes the older one’s place', () => {
  fc.assert(
    fc.property(anyMarkdown, anyMarkdown, anyBlock, anyBlock, (text, more, older, newer) => {
      const once = addMarkedBlock(text, newer);
      expect(addMarkedBlock(once, newer)).toBe(once);
      expect(addMarkedBlock(addMarkedBlock(text, older), newer)).toBe(once);
      const followed = `${addMarkedBlock(`${text}\n`, older)}# More\n${more}`;
      expect(removeMarkedBlock(addMarkedBlock(followed, newer))).toBe(`${text}\n# More\n${more}`);
    }),
    { numRuns: 2000 },
  );
});

test('the block stands between its markers, in the line ends of the file', () => {
  expect(addMarkedBlock('# Web\r\n', '\nUse docket.\nAlways.\n')).toBe(
    [
      '# Web',
      '',
      '<!-- docket:begin (docket wrote this block, docket uninstall removes it) -->',
      'Use docket.',
      'Always.',
      '<!-- docket:end -->',
      '',
    ].join('\r\n'),
  );
});

test('a file without the block is left alone', () => {
  fc.assert(
    fc.property(anyMarkdown, (text) => {
      expect(removeMarkedBlock(text)).toBe(text);
    }),
  );
});

test('a file of the block alone is deleted, one that was there and empty is kept', () => {
  expect(removeMarkedBlock(addMarkedBlock(undefined, 'Use docket.'))).toBeUndefined();
  expect(removeMarkedBlock(addMarkedBlock('', 'Use docket.'))).toBe('');
});

describe('a block that is quoted is left alone', () => {
  const quote = addMarkedBlock(undefined, 'What docket writes.');

  test.each([
    ['in a fence', `# Web\n\`\`\`md\n${quote}\`\`\`\n`],
    ['in a longer fence with a shorter one in it', `~~~~ md\n~~~\n${quote}~~~\n~~~~\n`],
    ['in a list', `- so:\n  \`\`\`\n${quote}  \`\`\`\n`],
    ['in lines that go on', quote.replaceAll('-->', '--> is a marker')],
    ['by an indent', quote.replaceAll(/^/gm, '    ')],
    ['without its end, in a fence', '```\n<!-- docket:begin -->\n```\n'],
  ])('%s', (_, text) => {
    expect(removeMarkedBlock(text)).toBe(text);
    const once = addMarkedBlock(text, 'Use docket.');
    expect(once.startsWith(text)).toBe(true);
    expect(addMarkedBlock(once, 'Use docket.')).toBe(once);
    expect(removeMarkedBlock(once)).toBe(text);
  });
});

test('a block behind a fence without an end is found', () => {
  const text = '```sh\nnpm test\n';
  const once = addMarkedBlock(text, 'Use docket.');
  expect(addMarkedBlock(once, 'Use docket.')).toBe(once);
  expect(removeMarkedBlock(once)).toBe(text);
});

test.each([
  ['# Web\n<!-- docket:begin -->\nUse docket.\n', 2],
  ['<!-- docket:begin -->\n\n<!-- docket:begin -->\nUse docket.\n<!-- docket:end -->\n', 1],
])('a block without its end is refused: %j', (text, lineNumber) => {
  const error = {
    code: 'invalid_settings',
    message: `docket's block begins at line ${lineNumber} and has no end`,
  };
  expect(() => addMarkedBlock(text, 'Use docket.')).toThrow(expect.objectContaining(error));
  expect(() => removeMarkedBlock(text)).toThrow(expect.objectContaining(error));
});

test('a block with a marker in it is refused', () => {
  expect(() => addMarkedBlock('', 'a\n<!-- docket:end -->\n')).toThrow(
    expect.objectContaining({ code: 'internal' }),
  );
});
