import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { keepClaimMarks, readClaimMark } from '../../lib/state/claim-marks.ts';

const id = { database: 'sqlite:/tasks.db', workspace: 'w' };
const mark = {
  ...{ session: 'alice-session', agent: 'main', actor: 'alice@one' },
  since: '2026-11-21T10:02:00.000Z',
};

function stateFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'docket-claims-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true, maxRetries: 10 }));
  return folder;
}

test('a claim is remembered until its task is nobody\u2019s here, each list by itself', () => {
  const folder = stateFolder();
  keepClaimMarks(folder, id, [
    { key: 'web-k3f9', mark },
    { key: 'web-other', mark: undefined },
  ]);
  expect(readClaimMark(folder, id, 'web-k3f9')).toEqual(mark);
  expect(readClaimMark(folder, id, 'web-other')).toBeUndefined();
  expect(readClaimMark(folder, { ...id, workspace: 'v' }, 'web-k3f9')).toBeUndefined();
  keepClaimMarks(folder, id, [{ key: 'web-k3f9', mark: undefined }]);
  expect(readClaimMark(folder, id, 'web-k3f9')).toBeUndefined();
});

test.each(['', '{}', 'null', '{"session": 1}'])('a mark that holds %j is none', (text) => {
  const folder = stateFolder();
  keepClaimMarks(folder, id, [{ key: 'web-k3f9', mark }]);
  const [name = ''] = readdirSync(join(folder, 'claims'));
  writeFileSync(join(folder, 'claims', name), text);
  expect(readClaimMark(folder, id, 'web-k3f9')).toBeUndefined();
});

test('a key that is no file name stays in its folder', () => {
  const folder = stateFolder();
  keepClaimMarks(folder, id, [{ key: '../../x', mark }]);
  expect(readClaimMark(folder, id, '../../x')).toEqual(mark);
  expect(readdirSync(folder)).toEqual(['claims']);
});
