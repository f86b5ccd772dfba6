import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { findCommands } from '../../lib/model/shell-commands.ts';

/** The text with a mark behind each command's name. */
function marked(text: string): string {
  return findCommands(text, 'docket').reduceRight(
    (rest, end) => `${rest.slice(0, end)}*${rest.slice(end)}`,
    text,
  );
}

test.for([
  'docket* claim K',
  'docket*',
  '  docket* list # docket list',
  'cd x && docket* claim K || docket* list; docket* ready & docket* show K',
  'docket* list | head -5 | docket* note K -',
  'docket* claim K\ndocket* claim L',
  'for i in 1 2; do docket* claim K; done',
  'if docket* claim K; then docket* note K x; else docket* ready; fi',
  'while ! docket* ready; do sleep 1; done',
  'case $x in a) docket* claim K;; esac',
  '(docket* list); { docket* ready; }',
  'f() { docket* list; }',
  'FOO=1 BAR="a b" docket* list',
  'timeout 5 docket* list; nice -n 5 docket* list; env A=1 docket* list',
  'x=$(docket* list); echo "$(docket* show K) `docket* show L`"',
  'echo "a $(echo "b" && docket* list) docket list"',
  'diff <(docket* list) >(docket* ready)',
  'docket* list >docket 2>&1 </dev/null',
  'docket* list &>docket; docket* list 2>docket',
  'docket* ready <<< docket; docket* list',
])('finds the commands of %s', (text) => {
  expect(marked(text.replaceAll('*', ''))).toBe(text);
});

test.for([
  'echo docket list',
  "echo 'a; docket list'",
  'echo "a; docket list"',
  'echo a\\; docket list',
  "echo $'it\\'s; docket list'",
  'docketx list; x/docket list; docket-x list; "docket" list',
  '# docket list',
  'echo $' + '{x:-; docket list}',
  'for docket in a; do ls; done',
  "cat <<'EOF'\ndocket list\nEOF",
  'cat <<-"E F"\n\tdocket list\n\tE F',
  'cat <<A <<B\ndocket a\nA\ndocket b\nB',
])('finds none in %s', (text) => {
  expect(marked(text)).toBe(text);
});

test('finds the commands around a here-document and inside $(...) of a quoted text', () => {
  const text = [
    "docket* plan <<'PLAN' && docket* ready",
    '# T; docket claim Z',
    "it's `docket list",
    'PLAN',
    "docket* note K \"$(cat <<'EOF'",
    'docket list; "',
    'EOF',
    ')"; docket* list',
  ].join('\n');
  expect(marked(text.replaceAll('*', ''))).toBe(text);
});

const oddSpaces = ['\u00a0', '\u3000', '\v', '\f', '\u2028', '\u2029', '\ufeff', '\u0085'];

test('an odd space is a part of a word, as it is for a shell', () => {
  for (const space of oddSpaces) {
    const text = `echo${space}a; docket* list; \`x${space}y; docket* list\`; docket${space}list`;
    expect(marked(text.replaceAll('*', ''))).toBe(text);
  }
});

test.for(['(', '$(', '`$(', '"$(', '${', '"${', '<(', 'a=$(('])(
  'finds nothing behind 20,000 times %s, which is too deep to follow',
  (opening) => {
    expect(findCommands(`docket list; ${opening.repeat(20_000)} docket list`, 'docket')).toEqual(
      [],
    );
  },
);

test('whatever the text is, the search ends and an offset is one behind the name', () => {
  const piece = fc.constantFrom(
    ...[...oddSpaces, '\r', '\t', '\0', '\ud800', '&', '0', '2<', '1>', '{', '[', '$', '$$', '<<-'],
    ...['docket', ' ', '\n', ';', '&&', '|', '(', ')', '$(', '`', '"', "'", '${', '}', '\\', '#'],
    ...['<<A', '\nA\n', '<', '>', '2>&1', 'x=', 'do', "$'", '((', '<<<', '<(', 'é', '=', '&>'],
  );
  const anyChar = fc.string({ unit: 'binary', minLength: 1, maxLength: 1 });
  fc.assert(
    fc.property(fc.array(fc.oneof(piece, anyChar), { maxLength: 40 }), (pieces) => {
      const text = pieces.join('');
      for (const end of findCommands(text, 'docket')) {
        expect(text.slice(0, end)).toMatch(/(?:^|[^\w])docket$/);
      }
    }),
    { numRuns: 1_000 },
  );
});
