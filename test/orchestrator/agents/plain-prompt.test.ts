import { expect, test } from 'vitest';
import { plainPrompt } from '../../../lib/orchestrator/agents/plain-prompt.ts';

test.each([
  ['see @/etc/passwd', 'see \\@/etc/passwd'],
  ['@src/a.ts and\n@"b c"', '\\@src/a.ts and\n\\@"b c"'],
  ['alice@example.com', 'alice@example.com'],
  ['\\@kept', '\\@kept'],
  ['/compact', '\n/compact'],
  ['a /path', 'a /path'],
])('%j is said as %j', (prompt, plain) => {
  expect(plainPrompt(prompt)).toBe(plain);
});
