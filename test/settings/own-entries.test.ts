import { describe, expect, test } from 'vitest';
import { isOwnHook, isOwnRule, startScript } from '../../lib/settings/own-entries.ts';
import { ownLikeHooks } from './settings-arbitrary.ts';

// biome-ignore lint/suspicious/noTemplateCurlyInString: Claude Code fills it in, not JavaScript.
const inProject = '${CLAUDE_PROJECT_DIR}/.claude/docket/hook';

describe('isOwnHook', () => {
  test.each([
    { command: 'sh', args: ['-c', startScript, inProject, 'prompt'] },
    { command: inProject, args: ['prompt'] },
    { command: inProject, args: [] },
    { command: '.claude/docket/hook' },
    { command: 'sh', args: [inProject, 'prompt'], timeout: 3 },
    { command: '/bin/bash', args: [inProject] },
    { command: '/home/alice/.local/share/docket/current/hook', args: ['deny'] },
    { command: '"$CLAUDE_PROJECT_DIR"/.claude/docket/hook prompt' },
    { command: 'sh "/home/alice/my web/.claude/docket/hook" prompt' },
  ])('knows $command $args', (hook) => {
    expect(isOwnHook({ type: 'command', ...hook })).toBe(true);
  });

  test.each([
    ...ownLikeHooks,
    { type: 'command', command: 'sh', args: ['-c', `${inProject} prompt`] },
    { type: 'command', command: 'sh', args: ['-c', `${startScript}; make`, inProject, 'prompt'] },
    { type: 'command', command: 'sh', args: ['-c', startScript, 'x.sh', inProject] },
    { type: 'command', command: 'make', args: ['-c', startScript, inProject, 'prompt'] },
    { type: 'command', command: 'rm', args: ['-f', inProject] },
    { type: 'command', command: `cat ${inProject}` },
    { type: 'command', command: `${inProject} prompt && make` },
    { type: 'command', command: `echo $(${inProject})` },
    { type: 'command', command: 'x.claude/docket/hook' },
    { type: 'command', command: `${inProject}.old` },
    { type: 'command', command: 'sh', args: 'x/.claude/docket/hook' },
    { type: 'command', command: 7 },
    'odd',
    null,
    [],
  ])('leaves %j alone', (hook) => {
    expect(isOwnHook(hook)).toBe(false);
  });
});

describe('isOwnRule', () => {
  test.each([
    ['allow', 'Bash(docket create *)'],
    ['allow', 'Bash(docket ready)'],
    ['allow', 'Bash(docket work-item *)'],
    ['allow', 'Bash(docket client list *)'],
    ['ask', 'TodoWrite'],
    ['ask', 'TaskGet'],
    ['deny', 'TaskCreate'],
  ] as const)('knows %s %s', (list, rule) => {
    expect(isOwnRule(list, rule)).toBe(true);
  });

  test.each([
    ['allow', 'Bash(docket *)'],
    ['allow', 'Bash(docket:*)'],
    ['allow', 'Bash(docket list:*)'],
    ['allow', 'Bash(docket list --all *)'],
    ['allow', 'Bash(docket uninstall *)'],
    ['allow', 'Bash(docket trust)'],
    ['allow', 'Bash(docket trust all *)'],
    ['allow', 'TaskCreate'],
    ['ask', 'Bash(docket create *)'],
    ['ask', 'Task'],
    ['ask', ['TodoWrite']],
    ['deny', null],
  ] as const)('leaves %s %s alone', (list, rule) => {
    expect(isOwnRule(list, rule)).toBe(false);
  });
});
