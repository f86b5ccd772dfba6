import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { planClaudeMd } from '../../lib/install/parts/claude-md.ts';
import { taskTools } from '../../lib/model/task-tools.ts';
import { rulesOfRun, rulesOfUse } from '../../lib/render/prompt/rules.ts';
import template from '../../settings.template.json' with { type: 'json' };

/** Built-in tools that a text names. */
function toolsIn(text: string): readonly string[] {
  return [...new Set(text.match(/\b(?:Task[A-Z]|Todo[A-Z])[A-Za-z]*/g))].sort();
}

test('the settings template asks for and redirects exactly these tools', () => {
  const { PreToolUse, PermissionRequest } = template.hooks;
  const redirecting = [...PreToolUse, ...PermissionRequest].filter(({ hooks }) =>
    hooks.some(({ args }) => ['pre-tool-use', 'permission-request'].includes(args.at(-1) ?? '')),
  );
  expect(redirecting.map(({ matcher }) => matcher)).toEqual([
    taskTools.join('|'),
    taskTools.join('|'),
  ]);
  expect(template.permissions.ask).toEqual([...taskTools]);
});

test.for([rulesOfUse, rulesOfRun])('the rules name each tool', (rules) => {
  expect(toolsIn(rules)).toEqual([...taskTools].sort());
  expect(rules).toContain('TaskCreate, TaskUpdate, TaskList, TaskGet or TodoWrite');
});

test('CLAUDE.md names no other tool', () => {
  const folder = mkdtempSync(join(tmpdir(), 'docket-tools-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const named = toolsIn(planClaudeMd(folder).after ?? '');
  expect(named).toContain('TodoWrite');
  expect(taskTools).toEqual(expect.arrayContaining([...named]));
});
