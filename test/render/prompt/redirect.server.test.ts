import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { renderRedirect } from '../../../lib/render/prompt/redirect.ts';
import { toolResults } from '../../claude/api-request.ts';
import { trustFolder } from '../../claude/claude-home.ts';
import { startMockApi } from '../../claude/mock-api.ts';
import { runClaude } from '../../claude/run-claude.ts';
import { bash, callAll } from '../../claude/script.ts';
import { nastyText } from '../nasty-text.ts';

/**
 * A stand-in that reads its standard input where docket does. Claude Code 2.1.332 gives commands an
 * empty one, but for those that have ` <` before a word anywhere, in quotes, too: theirs never ends.
 */
const standIn = '#!/bin/sh\n[ "$1" != plan ] || cat >/dev/null\necho "ran $1"\n';

/** The commands of a refusal, as a model would run them. */
function commandOf(tool: string, input: Readonly<Record<string, unknown>>): string {
  const text = renderRedirect(tool, input, { isAway: false });
  const [, commands = ''] = /Run instead:\n([\s\S]*)$/.exec(text) ?? [];
  return /^docket plan <<'PLAN'\n[\s\S]*?\nPLAN$/m.exec(commands)?.[0] ?? commands;
}

function isRunnable(command: string): boolean {
  return !command.includes('TITLE');
}

test('Claude Code runs the commands of a refusal without asking', async () => {
  const base = realpathSync(mkdtempSync(join(tmpdir(), 'docket-refusal-')));
  onTestFinished(() => rmSync(base, { recursive: true, force: true, maxRetries: 10 }));
  const [home, cwd, bin] = ['home', 'project', 'bin'].map((name) => join(base, name)) as [
    string,
    string,
    string,
  ];
  for (const folder of [home, join(cwd, '.claude'), bin]) mkdirSync(folder, { recursive: true });
  const allow = ['create', 'plan', 'update', 'list', 'release'].flatMap((verb) => [
    `Bash(docket ${verb} *)`,
  ]);
  writeFileSync(join(cwd, '.claude/settings.json'), JSON.stringify({ permissions: { allow } }));
  writeFileSync(join(bin, 'docket'), standIn);
  chmodSync(join(bin, 'docket'), 0o755);
  await trustFolder(home, cwd);
  const mock = await startMockApi();
  onTestFinished(() => mock.close());

  const creates = fc
    .sample(fc.record({ subject: nastyText, description: nastyText }), { numRuns: 60 })
    .map((input) => commandOf('TaskCreate', input));
  const plans = fc
    .sample(fc.array(fc.record({ content: nastyText }), { minLength: 2, maxLength: 6 }), {
      numRuns: 40,
    })
    .map((todos) => commandOf('TodoWrite', { todos }));
  const chosen = [
    commandOf('TaskCreate', { subject: "Fix the user's login", description: 'Say "hello"' }),
    commandOf('TaskCreate', { subject: "It's $5 {'a'}", description: '-x `id` $(id)' }),
    commandOf('TaskCreate', { subject: '--force it', description: '--database' }),
    commandOf('TaskCreate', { subject: 'Wait for <vendor', description: 'a << b' }),
    ...creates,
    ...plans,
  ].filter(isRunnable);
  const run = await runClaude('go', [callAll(chosen.map(bash))], {
    home,
    cwd,
    mock,
    path: [bin],
    timeoutMs: 110_000,
  });
  const results = run.requests.flatMap(toolResults);
  expect(results).toHaveLength(chosen.length);
  const refused = results.filter(({ isError, text }) => isError || !/^ran \w+$/.test(text));
  expect(refused.map(({ input, text }) => [input.command, text])).toEqual([]);
}, 400_000);
