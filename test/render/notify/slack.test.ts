import fc from 'fast-check';
import { expect, test } from 'vitest';
import * as z from 'zod/mini';
import type { EventView } from '../../../lib/model/answers/task.ts';
import { renderSlack } from '../../../lib/render/notify/slack.ts';

const Message = z.strictObject({
  text: z.string(),
  blocks: z.tuple([
    z.strictObject({
      type: z.literal('section'),
      text: z.strictObject({
        type: z.literal('mrkdwn'),
        text: z.string().check(z.maxLength(3_000)),
        verbatim: z.literal(true),
      }),
    }),
  ]),
  unfurl_links: z.literal(false),
  unfurl_media: z.literal(false),
});

function event(fields: Partial<EventView> = {}): EventView {
  return {
    ...{ seq: 7, task: 'web-k3f9', title: 'Wire it', verb: 'completed' },
    ...{ actor: 'alice@one', session: 'terminal:alice', agent: 'main' },
    ...{ old: null, new: { outcome: 'wired' }, createdAt: '2026-11-21T10:02:00.000Z' },
    ...fields,
  };
}

function textOf(given: EventView): string {
  const { text, blocks } = z.parse(Message, renderSlack(given));
  const [{ text: block }] = blocks;
  expect(block.text.replace(/^\*(.*?)\* /, '$1 ')).toBe(text);
  return block.text;
}

test('a message says in one line who did what', () => {
  expect(textOf(event())).toBe('*alice@one* completed web-k3f9 Wire it  outcome: wired');
});

test.each([
  '<!channel> <!here> <!everyone|x>',
  '<@U012AB3CD> <!subteam^SAZ94GDB8>',
  '<https://evil.example.com|https://bank.example.com>',
  '<#C123ABC456> <!date^1392734382^{date}|x> <mailto:a@example.com|b>',
  '&lt;!channel&gt; &amp;lt;',
])('%j is text and neither a mention nor a link', (hostile) => {
  const shown = textOf(event({ title: hostile, actor: hostile, new: { outcome: hostile } }));
  expect(shown).not.toMatch(/[<>]/);
  expect(shown.replaceAll(/&(?:amp|lt|gt);/g, '')).not.toContain('&');
  // What Slack shows is what was written, but for what no screen of docket shows.
  const plain = shown.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
  expect(plain.replaceAll('‹', '<')).toContain(hostile.slice(0, 20));
});

test('lines, escapes and hidden signs in what people write make no second line', () => {
  const shown = textOf(event({ title: 'One\n*bob* completed web-0000\u202e\u001b[31m\u2028' }));
  expect(shown.split(/[\n\u2028]/)).toHaveLength(1);
  expect(shown).not.toMatch(/\p{Cc}|\u202e/u);
});

test('whatever people write, the message is small and has the form that Slack takes', () => {
  const text = fc.oneof(fc.string({ unit: 'binary' }), fc.constant('<&>'.repeat(2_000)));
  fc.assert(
    fc.property(text, text, text, (title, actor, outcome) => {
      const shown = textOf(event({ title, actor, new: { outcome, [outcome]: [title] } }));
      expect(shown).not.toMatch(/[<>]/);
      expect(shown.isWellFormed()).toBe(true);
    }),
  );
});
