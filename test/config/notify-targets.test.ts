import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { notifyFile, parseTargets, readTargets } from '../../lib/config/notify-targets.ts';
import { resolveContext } from '../../lib/config/resolve.ts';
import { eventVerbs } from '../../lib/model/task/event-verbs.ts';

const key = Buffer.alloc(32, 9).toString('base64');
const secret = `whsec_${key}`;
const url = 'https://hooks.example.com/docket?token=hidden';

function parse(target: unknown): unknown {
  return parseTargets({ targets: { ops: target } }, 'notify.json');
}

function errorOf(target: unknown): string {
  try {
    parse(target);
  } catch (error) {
    const { code, message, hint } = error as { code: string; message: string; hint?: string };
    expect(code).toBe('invalid_config');
    return [message, hint].filter(Boolean).join('; ');
  }
  throw new Error('it was taken');
}

test('a target needs an address and a secret, and is sent everything', () => {
  const nothing = { lists: null, verbs: null, clients: null, projects: null, types: null };
  expect(parse({ url, secret })).toEqual([
    {
      name: 'ops',
      url: new URL(url),
      secrets: [secret],
      format: 'json',
      isPrivate: false,
      only: nothing,
    },
  ]);
  expect(parse({ url, format: 'slack', verbs: ['completed'], types: ['bugfix'] })).toMatchObject([
    { secrets: [], format: 'slack', only: { verbs: ['completed'], types: ['bugfix'] } },
  ]);
});

test('a target may have a new secret and an old one', () => {
  const other = `whsec_${Buffer.alloc(24, 8).toString('base64')}`;
  expect(parse({ url, secret: [other, secret] })).toMatchObject([{ secrets: [other, secret] }]);
});

test('each verb of the history may be asked for, and no other word', () => {
  expect(parse({ url, secret, verbs: [...eventVerbs] })).toMatchObject([
    { only: { verbs: eventVerbs } },
  ]);
  expect(errorOf({ url, secret, verbs: ['completed', 'close'] })).toContain(
    `.verbs has "close", which is none of ${eventVerbs.join(', ')}`,
  );
});

test.each([
  [{ url }, 'has no secret'],
  [{ url, secret: [] }, '.secret is one secret, or a list of 4 at most'],
  [{ url, secret: Array.from({ length: 5 }, () => secret) }, '.secret is one secret, or a list'],
  [{ url, secret: [secret, 'hunter2'] }, '.secret is not whsec_'],
  [{ url, secret: 7 }, '.secret is not whsec_'],
  [{ url, secret: [secret, [secret]] }, '.secret is not whsec_'],
  [{ url, secret: 'hunter2' }, '.secret is not whsec_'],
  [{ url, secret: `whsec_${'A'.repeat(28)}` }, '.secret is not whsec_'],
  [{ url, secret: `whsec_${'A'.repeat(100)}` }, '.secret is not whsec_'],
  [{ url, secret: `${secret}\n` }, '.secret is not whsec_'],
  [{ url: 'http://10.0.0.1/hidden', secret }, '.url is not https'],
  [{ url: 'file:///etc/hidden', secret, private: true }, '.url is not https'],
  [{ url: 'https://alice:hidden@example.com/', secret }, '.url has a user or a password'],
  [{ url: 'hidden', secret }, '.url is not an address'],
  [{ url: 7, secret }, '.url is not text'],
  [{ secret }, '.url is not text'],
  [{ url, secret, format: 'teams' }, '.format is json or slack'],
  [{ url, secret, private: 'yes' }, '.private is true or false'],
  [{ url, secret, verbs: 'completed' }, '.verbs is not a list of words'],
  [{ url, secret, verbs: [] }, '.verbs is not a list of words'],
  [{ url, secret, types: ['bug'] }, '.types has "bug", which is none of'],
  [{ url, secret, verb: ['completed'] }, 'has no field "verb"; Did you mean "verbs"?'],
  ['hidden', 'is not an object'],
])('%j is refused, and neither address nor secret is repeated', (target, why) => {
  const error = errorOf(target);
  expect(error).toContain(`notify.json: targets.ops`);
  expect(error).toContain(why);
  expect(error).not.toMatch(/hidden|hunter2|token/);
  expect(error).not.toContain(key);
});

test.each([[{}], [{ targets: {} }], [{ targets: [] }], [{ targets: { '../x': { url, secret } } }]])(
  'a file with %j is refused',
  (value) => {
    expect(() => parseTargets(value, 'notify.json')).toThrow('notify.json');
  },
);

interface Place {
  readonly home: string;
  readonly project: string;
  read(env?: Readonly<Record<string, string>>): unknown;
}

function makePlace(): Place {
  const home = mkdtempSync(join(tmpdir(), 'docket-targets-'));
  onTestFinished(() => rmSync(home, { recursive: true, force: true, maxRetries: 10 }));
  const project = join(home, 'web');
  mkdirSync(join(project, '.claude'), { recursive: true });
  mkdirSync(join(home, '.config/docket'), { recursive: true });
  const workspace = { id: '01890000-0000-7000-8000-000000000001', slug: 'web' };
  writeFileSync(join(project, '.claude/docket.json'), JSON.stringify({ workspace }));
  return {
    home,
    project,
    read(more = {}) {
      const env = { HOME: home, ...more };
      return readTargets(env, resolveContext(project, env));
    },
  };
}

test('targets are read from the person’s own file, which nobody else may read', () => {
  const { home, read } = makePlace();
  expect(read).toThrow('is missing');
  const path = notifyFile({ HOME: home });
  writeFileSync(path, JSON.stringify({ targets: { ops: { url, secret } } }), { mode: 0o600 });
  expect(read()).toMatchObject([{ name: 'ops', secrets: [secret] }]);
  chmodSync(path, 0o644);
  expect(read).toThrow('can be read by others');
  writeFileSync(path, `{"targets": {"ops": "${secret}`);
  expect(read).toThrow(/is not valid JSON$/);
});

test('the environment may hold the same, and counts before the file', () => {
  const { read } = makePlace();
  const text = JSON.stringify({ targets: { other: { url, secret } } });
  expect(read({ DOCKET_NOTIFY_TARGETS: text })).toMatchObject([{ name: 'other' }]);
  expect(() => read({ DOCKET_NOTIFY_TARGETS: `{"a": "${secret}` })).toThrow(
    /^DOCKET_NOTIFY_TARGETS is not valid JSON$/,
  );
});

test('what a project brings along names nobody', () => {
  const { project, read } = makePlace();
  const text = JSON.stringify({ targets: { evil: { url, secret } } });
  for (const folder of ['.claude', 'docket', '.config/docket']) {
    mkdirSync(join(project, folder), { recursive: true });
    writeFileSync(join(project, folder, 'notify.json'), text, { mode: 0o600 });
  }
  expect(read).toThrow('is missing');
  expect(() => read({ XDG_CONFIG_HOME: project })).toThrow('the project could have made it');
});
