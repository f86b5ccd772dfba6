import { randomUUID } from 'node:crypto';
import type { Call, Say } from './script.ts';

interface Block {
  readonly start: Readonly<Record<string, unknown>>;
  readonly delta: Readonly<Record<string, unknown>>;
}

const usage = { input_tokens: 1000, output_tokens: 10 };

/** The answer as the event stream that the Messages API sends. */
export function renderAnswer(answer: Say | Call, model: string): string {
  const message = {
    id: `msg_${randomUUID()}`,
    type: 'message',
    role: 'assistant',
    model,
    content: [],
    stop_reason: null,
    stop_sequence: null,
    usage,
  };
  const stopReason = answer.kind === 'say' ? 'end_turn' : 'tool_use';
  const events = [
    { type: 'message_start', message },
    ...blocksOf(answer).flatMap(({ start, delta }, index) => [
      { type: 'content_block_start', index, content_block: start },
      { type: 'content_block_delta', index, delta },
      { type: 'content_block_stop', index },
    ]),
    { type: 'message_delta', delta: { stop_reason: stopReason, stop_sequence: null }, usage },
    { type: 'message_stop' },
  ];
  return events.map((each) => `event: ${each.type}\ndata: ${JSON.stringify(each)}\n\n`).join('');
}

function blocksOf(answer: Say | Call): readonly Block[] {
  if (answer.kind === 'say') {
    return [
      { start: { type: 'text', text: '' }, delta: { type: 'text_delta', text: answer.text } },
    ];
  }
  return answer.calls.map(({ tool, input }) => ({
    start: { type: 'tool_use', id: `toolu_${randomUUID()}`, name: tool, input: {} },
    delta: { type: 'input_json_delta', partial_json: JSON.stringify(input) },
  }));
}
