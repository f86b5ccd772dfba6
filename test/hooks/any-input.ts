import fc from 'fast-check';
import { anyCharacter } from '../render/nasty-text.ts';

const sources = ['startup', 'resume', 'clear', 'compact', 'fork', 'elsewhere'];
const tools = [
  'TodoWrite',
  'TaskCreate',
  'TaskUpdate',
  'TaskList',
  'TaskGet',
  'Bash',
  'constructor',
];

const nastyString = fc.oneof(
  fc.string({ unit: anyCharacter }),
  fc.constantFrom('', '\0', '../../etc', '__proto__', '\ud800', 'x'.repeat(5_000), '/', '.', '\n'),
);

const anyField = fc.oneof(nastyString, fc.jsonValue(), fc.double(), fc.constant(null));

/** A document as Claude Code could write it, with fields that are missing or of any type. */
const document = fc.record(
  {
    session_id: fc.oneof(fc.uuid(), anyField),
    cwd: fc.oneof(fc.constant('/tmp'), anyField),
    hook_event_name: anyField,
    source: fc.oneof(fc.constantFrom(...sources), anyField),
    reason: anyField,
    prompt: anyField,
    tool_name: fc.oneof(fc.constantFrom(...tools), anyField),
    tool_input: fc.oneof(
      fc.dictionary(fc.string(), anyField),
      fc.record({ todos: fc.array(fc.oneof(anyField, fc.record({ content: anyField }))) }),
      fc.record({ subject: anyField, description: anyField, status: anyField }),
      anyField,
    ),
    agent_id: anyField,
    unheard_of: fc.jsonValue(),
  },
  { requiredKeys: [] },
);

/** Everything that can come down a pipe: documents, other JSON, cut JSON, and no JSON at all. */
export const anyStdin: fc.Arbitrary<Buffer> = fc.oneof(
  { weight: 6, arbitrary: document.map((value) => Buffer.from(JSON.stringify(value))) },
  {
    weight: 3,
    arbitrary: fc
      .tuple(document, fc.nat())
      .map(([value, end]) => Buffer.from(JSON.stringify(value)).subarray(0, end % 300)),
  },
  { weight: 2, arbitrary: fc.jsonValue().map((value) => Buffer.from(JSON.stringify(value))) },
  { weight: 2, arbitrary: fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)) },
  { weight: 1, arbitrary: fc.string({ unit: anyCharacter }).map((text) => Buffer.from(text)) },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom(
        '',
        ' ',
        'null',
        '[]',
        '{}',
        '{"session_id":"\\ud800"}',
        '{"__proto__":{"session_id":"x"}}',
        '{"session_id":"a","session_id":"b"}',
        '\ufeff{}',
        `{"a":${'['.repeat(5_000)}`,
        `${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}`,
        '{"session_id":"x"}{"session_id":"y"}',
      )
      .map((text) => Buffer.from(text)),
  },
);
