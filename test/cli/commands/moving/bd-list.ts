import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CliHarness, openCliHarness } from '../../cli-harness.ts';

const statements = readFileSync(new URL('bd-schema.sql', import.meta.url), 'utf8').split(';\n');

/** What makes bd's tables. */
export const schema = statements.filter((sql) => sql.trim() !== '');

/** What bd exports of the rows below. */
export const exported = [
  {
    _type: 'issue',
    id: 'code-1',
    title: 'Epic; with a "quote"',
    description: 'Line one\nline two',
    status: 'open',
    priority: 0,
    issue_type: 'epic',
    created_at: '2026-04-15T17:11:26Z',
    created_by: 'alice',
    updated_at: '2026-04-15T18:00:00Z',
    metadata: { k: 1 },
    pinned: true,
    labels: ['infra', 'night'],
  },
  {
    _type: 'issue',
    id: 'code-1.1',
    title: 'Fix the service',
    status: 'closed',
    priority: 1,
    issue_type: 'bug',
    estimated_minutes: 45,
    created_at: '2026-04-16T17:11:26Z',
    updated_at: '2026-04-16T18:00:00Z',
    started_at: '2026-04-16T17:20:00Z',
    closed_at: '2026-04-16T18:00:00Z',
    close_reason: 'done',
    dependencies: [
      {
        issue_id: 'code-1.1',
        depends_on_id: 'code-1',
        type: 'parent-child',
        created_at: '2026-04-16T17:12:00Z',
        created_by: 'alice',
      },
    ],
    comments: [
      {
        id: '00000000-0000-4000-8000-000000000001',
        issue_id: 'code-1.1',
        author: 'bob',
        text: 'looks right',
        created_at: '2026-04-16T17:30:00Z',
      },
    ],
  },
];

/** Statements with their values. */
export const rows: readonly (readonly [string, string[]])[] = [
  [
    `INSERT INTO issues (id, content_hash, title, description, design, acceptance_criteria, notes,
       priority, issue_type, created_at, created_by, updated_at, metadata, pinned)
     VALUES ('code-1', 'abc', 'Epic; with a "quote"', ?, '', '', '', 0, 'epic',
       '2026-04-15 17:11:26', 'alice', '2026-04-15 18:00:00', '{"k": 1}', 1)`,
    ['Line one\nline two'],
  ],
  [
    `INSERT INTO issues (id, title, description, design, acceptance_criteria, notes, status,
       priority, issue_type, estimated_minutes, created_at, updated_at, started_at, closed_at,
       close_reason, metadata, is_blocked)
     VALUES ('code-1.1', 'Fix the service', '', '', '', '', 'closed', 1, 'bug', 45,
       '2026-04-16 17:11:26', '2026-04-16 18:00:00', '2026-04-16 17:20:00', '2026-04-16 18:00:00',
       'done', '{}', 1)`,
    [],
  ],
  [
    `INSERT INTO dependencies (id, issue_id, depends_on_issue_id, type, created_at, created_by,
       metadata)
     VALUES ('d1', 'code-1.1', 'code-1', 'parent-child', '2026-04-16 17:12:00', 'alice', '{}')`,
    [],
  ],
  [`INSERT INTO labels VALUES ('code-1', 'infra'), ('code-1', 'night')`, []],
  [
    `INSERT INTO comments VALUES ('00000000-0000-4000-8000-000000000001', 'code-1.1', 'bob',
       'looks right', '2026-04-16 17:30:00')`,
    [],
  ],
];

/**
 * Imports what bd exports of the rows into a list of its own, and gives that list and what both are
 * exported as again, without what docket gives anew: it closes an epic with its last task, and gives
 * comments ids of its own.
 */
export async function compareWithExported(imported: CliHarness) {
  const other = openCliHarness();
  const file = join(other.home, 'issues.jsonl');
  writeFileSync(file, exported.map((each) => JSON.stringify(each)).join('\n'));
  await other.text('import', file, '--format', 'bd');
  return { found: await ofBd(imported), expected: await ofBd(other) };
}

const changed = ['updated_at', 'started_at', 'closed_at'];

async function ofBd(harness: CliHarness): Promise<readonly unknown[]> {
  return (await harness.text('export', '--format', 'bd'))
    .split('\n')
    .filter((line) => line.includes('code-1'))
    .map((line) =>
      JSON.parse(line, (field, value) =>
        changed.includes(field) || (field === 'id' && value.length === 36) ? undefined : value,
      ),
    );
}
