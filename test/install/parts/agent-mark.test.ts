import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { agentTexts } from '../../../lib/install/embedded.gen.ts';
import { isUnchangedAgent, markAgent } from '../../../lib/install/parts/agent-mark.ts';
import { claudeAgentName } from '../../../lib/orchestrator/agents/agent-names.ts';

const definition = '---\nname: painter\ndescription: paints\n---\n\nPaint walls.\n';

test('a marked definition is unchanged until any of it is changed', () => {
  const marked = markAgent(definition);
  expect(isUnchangedAgent(marked)).toBe(true);
  expect(isUnchangedAgent(marked.replaceAll('\n', '\r\n'))).toBe(true);
  for (let index = 0; index < marked.length; index++) {
    const changed = `${marked.slice(0, index)}x${marked.slice(index)}`;
    expect(isUnchangedAgent(changed), changed).toBe(false);
    expect(isUnchangedAgent(marked.slice(0, index)), String(index)).toBe(false);
  }
});

test('a definition without a mark, or with that of another text, is somebody’s own', () => {
  expect(isUnchangedAgent('')).toBe(false);
  expect(isUnchangedAgent(definition)).toBe(false);
  const [mark = ''] = /^# .*\n/m.exec(markAgent(`${definition}More.\n`)) ?? [];
  expect(isUnchangedAgent(definition.replace('---\n', `---\n${mark}`))).toBe(false);
});

const folder = new URL('../../../agents/', import.meta.url);

test.each(readdirSync(folder))(
  '%s is a definition that Claude Code can use as an agent',
  (name) => {
    const text = readFileSync(new URL(name, folder), 'utf8');
    const [, head = ''] = /^---\n(.*?)\n---\n/s.exec(text) ?? [];
    const fields = Object.fromEntries(head.split('\n').map((line) => line.split(/: (.*)/)));
    expect(fields).toMatchObject({
      name: name.replace('.md', ''),
      description: expect.any(String),
    });
    // A list of tools would leave out StructuredOutput, through which an agent reports.
    expect(fields.tools).toBeUndefined();
    expect(fields.disallowedTools).toContain('TaskCreate');
    expect(isUnchangedAgent(agentTexts[name] ?? '')).toBe(true);
  },
);

test('the agents that tasks are handed to are installed under the names that they are run by', () => {
  const names = ['Coding Agent', 'Code Review Agent'].map((name) => `${claudeAgentName(name)}.md`);
  expect(Object.keys(agentTexts).sort()).toEqual(names.sort());
});
