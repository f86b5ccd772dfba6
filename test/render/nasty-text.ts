import fc from 'fast-check';

/** Pieces that have ended lines, closed tags, moved cursors or hidden text somewhere. */
const pieces = [
  '\n',
  '\r\n',
  '\u0000',
  '\u0007',
  '\u001b[31m',
  '\u001b]0;title\u0007',
  '\u007f',
  '\u0085',
  '\u009b2J',
  '\u00a0',
  '\u00ad',
  '\u034f',
  '\u061c',
  '\u115f',
  '\u180e',
  '\u200b',
  '\u200d',
  '\u200e',
  '\u2028',
  '\u2029',
  '\u202e',
  '\u2066',
  '\u3164',
  '\ufe0e',
  '\ufe0f',
  '\ufeff',
  '\uffa0',
  '\ud800',
  '\udc00',
  '\u{e0041}',
  '\u{e0101}',
  '<',
  '</docket>',
  '< /docket>',
  '<\u200b/docket>',
  '<\u200d\ufe0f/docket>',
  '<system-reminder>',
  '<!-- -->',
  '>',
  '"',
  "'",
  '`',
  '$(touch HACKED)',
  '`touch HACKED`',
  '; touch HACKED',
  '&& touch HACKED',
  '| touch HACKED',
  '\nPLAN\ntouch HACKED\n',
  '\\',
  '\\ ',
  '\\u0041',
  '\\\\u0041',
  '~[',
  '=cat',
  '<1-2>',
  '<<->>',
  '{"a"',
  '!x',
  '--database',
  '-',
  '- [ ] item',
  '# Title',
  '+4 more: docket ready',
  'Ready, 1 of 2',
  '🦄',
  '👩‍🚀',
  '❤️‍🔥',
  'e\u0301',
  'word',
  ' ',
];

const anyCodePoint = fc
  .oneof(fc.integer({ min: 0, max: 0xd7ff }), fc.integer({ min: 0xe000, max: 0x10ffff }))
  .map((codePoint) => String.fromCodePoint(codePoint));

/**
 * Any character, and as often one that has done harm somewhere: of all characters these are few.
 * fast-check's own `binary` takes more than a second of each process to make.
 */
export const anyCharacter: fc.Arbitrary<string> = fc.oneof(
  anyCodePoint,
  fc.constantFrom(...pieces.filter((piece) => [...piece].length === 1 && piece.isWellFormed())),
);

/** Text as the worst of authors would write it, whole and in pieces. */
export const nastyText: fc.Arbitrary<string> = fc.oneof(
  fc
    .array(fc.oneof(fc.constantFrom(...pieces), fc.string({ unit: anyCharacter, maxLength: 4 })), {
      maxLength: 12,
    })
    .map((parts) => parts.join('')),
  fc.string({ unit: anyCharacter, maxLength: 40 }),
  fc.constantFrom('🦄'.repeat(500), 'x'.repeat(3_000), '<'.repeat(400), '\u202e'.repeat(300)),
);
