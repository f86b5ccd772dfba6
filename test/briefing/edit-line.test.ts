import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseEditLine } from '../../lib/briefing/edit-line.ts';

/** As Claude Code 2.1.332 says it. */
function event(tool: string, input: object, response: object = {}, more: object = {}): string {
  return JSON.stringify({
    session_id: 'abc',
    transcript_path: '/home/alice/.claude/projects/web/abc.jsonl',
    cwd: '/home/alice/web',
    prompt_id: 'p',
    permission_mode: 'default',
    ...more,
    effort: { level: 'medium' },
    hook_event_name: 'PostToolUse',
    tool_name: tool,
    tool_input: input,
    tool_response: response,
    tool_use_id: 'toolu_1',
    duration_ms: 8,
  });
}

const path = '/home/alice/web/src/a.ts';
const main = { transcript_path: '/home/alice/.claude/projects/web/abc.jsonl' };

test('an edit tells its file, and a write whether it made it', () => {
  expect(
    parseEditLine(event('Edit', { file_path: path, old_string: 'a', new_string: 'b' })),
  ).toEqual({ path, isNew: false, agent_id: undefined, agent_type: undefined, ...main });
  const made = { type: 'create', filePath: path, originalFile: null, userModified: false };
  expect(parseEditLine(event('Write', { file_path: path, content: 'x' }, made))?.isNew).toBe(true);
  const updated = { ...made, type: 'update', originalFile: 'x' };
  expect(parseEditLine(event('Write', { file_path: path, content: 'x' }, updated))?.isNew).toBe(
    false,
  );
  const notebook = { notebook_path: '/home/alice/web/n.ipynb', cell_id: 'c', new_source: 'x' };
  expect(parseEditLine(event('NotebookEdit', notebook))?.path).toBe('/home/alice/web/n.ipynb');
});

test('an edit of a subagent tells which one', () => {
  const agent = { agent_id: 'ad22f8b2a5e374cc2', agent_type: 'general-purpose' };
  expect(parseEditLine(event('Write', { file_path: path, content: '' }, {}, agent))).toMatchObject(
    agent,
  );
});

test('what is cut short tells what stands before the cut, and never a part of a path', () => {
  const whole = event('Edit', { file_path: path, old_string: 'a', new_string: 'b' });
  const end = whole.indexOf(path) + path.length + 1;
  for (let length = 0; length <= whole.length; length += 1) {
    expect(parseEditLine(whole.slice(0, length))?.path).toBe(length < end ? undefined : path);
  }
});

test('no text of a file or a path reads as a field', () => {
  const forged = '","file_path":"/etc/passwd","agent_id":"x","originalFile":null,"tool_input":{';
  const odd = `/home/alice/${forged}`;
  const read = parseEditLine(event('Write', { file_path: odd, content: forged }));
  expect(read).toEqual({
    path: odd,
    isNew: false,
    agent_id: undefined,
    agent_type: undefined,
    ...main,
  });
  fc.assert(
    fc.property(fc.string(), fc.string(), fc.string(), (name, content, agent) => {
      const line = event('Write', { file_path: `/${name}`, content }, {}, { agent_id: agent });
      expect(parseEditLine(line)).toMatchObject({
        path: `/${name}`,
        isNew: false,
        agent_id: agent,
      });
    }),
  );
});

test('what is no edit names no file', () => {
  for (const line of ['', '{}', 'null', '{"tool_input":{', event('Bash', { command: 'x' })]) {
    expect(parseEditLine(line)).toBeUndefined();
  }
  expect(parseEditLine(event('Edit', { file_path: 7 }))).toBeUndefined();
  expect(parseEditLine(event('Edit', { file_path: '' }))).toBeUndefined();
  expect(parseEditLine('"tool_input":{"file_path":"\\x"')).toBeUndefined();
});
