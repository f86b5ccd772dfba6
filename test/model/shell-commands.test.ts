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

test('whatever the text is, an offset is one behind the name', () => {
  const piece = fc.constantFrom(
    ...['docket', ' ', '\n', ';', '&&', '|', '(', ')', '$(', '`', '"', "'", '${', '}', '\\', '#'],
    ...['<<A', '\nA\n', '<', '>', '2>&1', 'x=', 'do', "$'", '((', '<<<', '<(', 'é', '=', '&>'],
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
      const text = pieces.join('');
      for (const end of findCommands(text, 'docket')) {
        expect(text.slice(0, end)).toMatch(/(?:^|[^\w])docket$/);
      }
    }),
    { numRuns: 500 },
  );
});
