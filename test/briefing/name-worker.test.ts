import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { aliases, commands } from '../../cli/catalogue.ts';
import { isForAgents } from '../../lib/access/permissions.ts';
import {
  keptCommands,
  namedCommands,
  nameWorker,
  refuseToManage,
} from '../../lib/briefing/name-worker.ts';
import { catalogue } from '../../lib/operations/catalogue.ts';

const bob = { agent_id: 'abob-1', agent_type: 'bob' };
const alice = { agent_id: undefined, agent_type: undefined };

function named(command: string): unknown {
  const input = { tool_name: 'Bash', tool_input: { command, timeout: 5 }, ...bob };
  const answer = nameWorker(input);
  if (answer === undefined) return command;
  expect(answer).toEqual({ updatedInput: { command: expect.any(String), timeout: 5 } });
  return answer.updatedInput?.command;
}

test.for([
  ['docket claim K', 'docket claim --as-agent=bob K'],
  ['cd x && docket claim', 'cd x && docket claim --as-agent=bob'],
  ['docket claim K;docket close K', 'docket claim --as-agent=bob K;docket close --as-agent=bob K'],
  ["docket plan <<'P'\n# docket claim\nP", "docket plan --as-agent=bob <<'P'\n# docket claim\nP"],
])('gives the worker’s name to %s', ([command = '', expected]) => {
  expect(named(command)).toBe(expected);
});

test.for([
  'docket list',
  'docket show K | head',
  'docket uninstall',
  'docket --help',
  'docket',
  'docket claims K',
  'docket claim\u00a0K',
  'docket "claim" K',
  "echo 'docket claim K'",
  'git commit -m "docket claim K"',
])('leaves %s as it is', (command) => {
  expect(named(command)).toBe(command);
});

test('leaves commands of the main session and other tools alone', () => {
  const tool_input = { command: 'docket claim K' };
  expect(nameWorker({ tool_name: 'Bash', tool_input, ...alice })).toBeUndefined();
  expect(nameWorker({ tool_name: 'Write', tool_input, ...bob })).toBeUndefined();
  expect(nameWorker({ tool_name: 'Bash', tool_input: { command: 7 }, ...bob })).toBeUndefined();
});

test('a shell reads every argument as before', () => {
  const command = `docket note K 'two
lines; docket claim Q' "and $(docket create 'a "b"') \\"c\\"" && docket close K --outcome "it's"`;
  const script = (text: unknown) => `docket() { printf '[%s]' "$@"; echo; }\n${text}`;
  const said = (text: unknown) => execFileSync('sh', ['-c', script(text)], { encoding: 'utf8' });
  const withName = said(named(command));
  expect(withName.match(/--as-agent=bob/g)).toHaveLength(3);
  expect(withName.replaceAll('[--as-agent=bob]', '')).toBe(said(command));
});

test('the named commands are those by which a worker changes tasks', async () => {
  const verbs = await Promise.all(Object.values(catalogue).map((load) => load()));
  const changing = verbs.filter(({ access }) => access === 'note' || access === 'manage');
  const typed = changing.map(({ name }) => name).filter((name) => commands.has(name));
  const others = Object.entries(aliases).flatMap(([alias, of]) =>
    typed.includes(of) ? [alias] : [],
  );
  expect([...namedCommands].sort()).toEqual([...typed, ...others].sort());
});

test('a subagent with a task is refused the commands of sessions and of people', async () => {
  const verbs = await Promise.all(Object.values(catalogue).map((load) => load()));
  const typed = verbs
    .map(({ name, access }) => ({ name: name.replace('.', ' '), access }))
    .filter(({ name }) => commands.has(name.split(' ')[0] ?? ''));
  const [free, others] = [
    typed.filter(({ access }) => isForAgents(access)),
    typed.filter(({ access }) => !isForAgents(access)),
  ];
  expect(free.filter(({ name }) => keptCommands.has(name))).toEqual([]);
  const isKept = (name: string) =>
    [name, name.split(' ')[0] ?? ''].some((each) => keptCommands.has(each));
  expect(others.filter(({ name }) => !isKept(name))).toEqual([]);
});

function refused(command: string): boolean {
  const input = { tool_name: 'Bash', tool_input: { command } };
  return refuseToManage(input, () => 'web-k3f9') !== undefined;
}

test.for([
  'docket stop K',
  'docket work-item add --client acme --minutes 600',
  'docket client  archive acme',
  "bash -c 'docket work-item invoice K'",
  'docket insight add K text',
  'docket 2>/dev/null close K',
  'docket >/tmp/x 2>&1 close K',
  'docket \\\n  close K',
  "docket $'close' K",
  'docket {close,K}',
  'V=close; docket $V K',
  'docket "$@"',
  'docket `echo close` K',
  `${'$('.repeat(120)}docket close K${')'.repeat(120)}`,
])('refuses a subagent with a task %s', (command) => {
  expect(refused(command)).toBe(true);
});

test.for([
  'docket',
  'docket --help',
  'docket 2>&1 | head',
  'docket show "$K"',
  'docket client show acme',
  'docket client',
  'docket work-item list',
  'docket list 2>/dev/null | grep close',
  'docket note K "docket client add"',
  '$EDITOR docket.json',
  'cd docket && "$PYTHON" ./build.py',
  'docket --version; git diff {a,b}',
  'docket list > close',
  'docket --json >close show K',
])('lets a subagent with a task run %s', (command) => {
  expect(refused(command)).toBe(false);
});
