import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import type { parseHookInput } from '../../lib/hook-io/input.ts';
import { anyStdin } from './any-input.ts';
import { hookNames } from './hook-names.ts';
import { readSaid, runHook } from './hook-process.ts';
import { createHookUser } from './hook-user.ts';
import { showList } from './outage.ts';

/** The parser as it is built for the hooks, loaded as a file of CommonJS. */
async function builtParser(): Promise<typeof parseHookInput> {
  const folder = mkdtempSync(join(tmpdir(), 'docket-parser-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const outfile = join(folder, 'input.cjs');
  await build({
    entryPoints: ['lib/hook-io/input.ts'],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node22',
  });
  return createRequire(import.meta.url)(outfile).parseHookInput;
}

test('the built parser takes anything: an input in its shape, or nothing', async () => {
  const parse = await builtParser();
  const fields = ['session_id', 'cwd', 'source', 'reason', 'tool_name'] as const;
  let parsed = 0;
  fc.assert(
    fc.property(anyStdin, (stdin) => {
      const input = parse(stdin.toString());
      if (input === undefined) return;
      parsed += 1;
      for (const field of fields) expect(['string', 'undefined']).toContain(typeof input[field]);
      expect(typeof input.tool_input).toBe('object');
      expect(input.tool_input).not.toBeNull();
      expect(Array.isArray(input.tool_input)).toBe(false);
    }),
    { numRuns: 20_000 },
  );
  expect(parsed).toBeGreaterThan(5_000);
});

test('every hook ends with 0 on anything, and prints its JSON or nothing', async () => {
  const person = createHookUser();
  await showList(person);
  const inputs = fc.sample(fc.tuple(fc.constantFrom(...hookNames), anyStdin), 360);
  const start = { env: person.env, cwd: person.project };
  let said = 0;

  async function work(): Promise<void> {
    for (let next = inputs.pop(); next !== undefined; next = inputs.pop()) {
      const [name, stdin]: [string, Buffer] = next;
      const run = await runHook(name, stdin, start);
      try {
        if (Object.keys(readSaid(run)).length > 0) said += 1;
      } catch (cause) {
        throw new Error(`${name} on ${stdin.toString('base64')}`, { cause });
      }
    }
  }

  await Promise.all([work(), work(), work(), work()]);
  // Most hooks have something to say of a few shapes of input alone.
  expect(said).toBeGreaterThan(20);
  expect(person.log()).toBe('');
});
