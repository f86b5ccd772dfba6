import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readClaudeFile } from '../../lib/settings/claude/read-claude-file.ts';
import { planInstall, planUninstall } from '../../lib/settings/plan-settings.ts';
import { planStatusLine, planStatusLineRemoval } from '../../lib/settings/status-line.ts';
import { anyLayoutOf } from './layout-arbitrary.ts';
import { anySettings, anyTemplate } from './settings-arbitrary.ts';

const script = "/home/alice's/.local/share/docket/current/status-line";
const name = 'settings.json';
const options = { script, wrap: true, record: {}, name };

const anyLine = fc.record(
  { type: fc.constant('command'), command: fc.string(), padding: fc.nat(3) },
  { requiredKeys: ['type', 'command'] },
);

/** A settings file, with a status line of the person's own or without. */
const anyFile = fc
  .tuple(anySettings({ isAmbiguous: true }), fc.option(anyLine, { nil: undefined }))
  .map(([settings, statusLine]) => ({ ...settings, ...(statusLine && { statusLine }) }))
  .chain(anyLayoutOf);

describe('taken out again', () => {
  test('the line is what it was, byte for byte, with the entries or alone', () => {
    fc.assert(
      fc.property(anyFile, anyTemplate, (text, template) => {
        const alone = planStatusLine(text, options);
        const { record } = alone;
        expect(planStatusLineRemoval(alone.text, { record, name })).toEqual({
          ...{ text, isKept: false },
        });
        const entries = planInstall(text, template);
        const both = planStatusLine(entries.text, { ...options, record: entries.record });
        const stored = JSON.parse(JSON.stringify(both.record));
        const left = planStatusLineRemoval(both.text, { record: stored, name });
        expect(planUninstall(left.text, { record: stored }).text).toBe(text);
      }),
      { numRuns: 200 },
    );
  });

  test('without its record too, where the command was spelled as JSON usually is', () => {
    const text = JSON.stringify({ statusLine: { type: 'command', command: 'echo \'a\' "b"' } });
    const wrapped = planStatusLine(text, options).text;
    expect(planStatusLineRemoval(wrapped, { record: undefined, name }).text).toBe(text);
    const plain = planStatusLine('{"model": "opus"}', options).text;
    expect(planStatusLineRemoval(plain, { record: undefined, name }).text).toBe(
      '{"model": "opus"}',
    );
  });

  test.each([
    ['another field', (text: string) => text.replace('"type"', '"padding": 1, "type"')],
    ['a command of theirs around it', (text: string) => text.replace('"sh ', '"date; sh ')],
  ])('a line that the person gave %s stays, and is told of', (_, change) => {
    const text = change(planStatusLine('{}', options).text);
    expect(planStatusLineRemoval(text, { record: {}, name })).toEqual({ text, isKept: true });
  });

  test('their own command, edited inside docket’s, stays', () => {
    const before = JSON.stringify({ statusLine: { type: 'command', command: 'date' } });
    const { text, record } = planStatusLine(before, options);
    const edited = text.replace("'date'", "'date -u'");
    expect(planStatusLineRemoval(edited, { record, name })).toEqual({ text: edited, isKept: true });
  });

  test('another’s line stays without a word', () => {
    const text = JSON.stringify({ statusLine: { type: 'command', command: 'date' } });
    expect(planStatusLineRemoval(text, { record: {}, name })).toEqual({ text, isKept: false });
  });
});

test('done again changes nothing, with --wrap or without', () => {
  for (const before of ['{}', '{"statusLine": {"type": "command", "command": "date"}}']) {
    const once = planStatusLine(before, options);
    for (const wrap of [true, false]) {
      expect(planStatusLine(once.text, { ...options, wrap, record: once.record })).toEqual(once);
    }
  }
});

test('a moved installation takes the place of the former one, and theirs stays in it', () => {
  const before = '{"statusLine": {"type": "command", "command": "date"}}';
  const once = planStatusLine(before, options);
  const moved = '/srv/alice/docket/current/status-line';
  const again = planStatusLine(once.text, { ...options, script: moved, record: once.record });
  expect(JSON.parse(again.text).statusLine.command).toBe(`sh '${moved}' 'date'`);
  const { record } = again;
  expect(planStatusLineRemoval(again.text, { record, name }).text).toBe(before);
});

test('a line of the person’s own is never written over', () => {
  const text = JSON.stringify({ statusLine: { type: 'command', command: 'date' } });
  expect(() => planStatusLine(text, { ...options, wrap: false })).toThrow(
    'settings.json has a status line of your own: date',
  );
  expect(JSON.parse(planStatusLine(text, options).text).statusLine.command).toBe(
    "sh '/home/alice'\\''s/.local/share/docket/current/status-line' 'date'",
  );
});

test.each([['"date"'], ['null'], ['{"type": "command"}'], ['{"type": "static", "command": "x"}']])(
  'what is no status line, %s, is left for the person to mend',
  (line) => {
    expect(() => planStatusLine(`{"statusLine": ${line}}`, options)).toThrow('is no command');
  },
);

test('Claude Code reads the file with docket’s line', () => {
  const { value, ignored } = readClaudeFile(planStatusLine('{}', options).text);
  expect([value.statusLine, ignored]).toMatchObject([{ type: 'command' }, undefined]);
});
