import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readBd } from '../../../lib/model/foreign/bd.ts';
import { readCsv } from '../../../lib/model/foreign/csv.ts';
import type { ForeignList } from '../../../lib/model/foreign/foreign-task.ts';
import { readMarkdown } from '../../../lib/model/foreign/markdown.ts';
import type { OutgoingTask } from '../../../lib/model/foreign/outgoing.ts';
import { writeBd } from '../../../lib/model/foreign/write-bd.ts';
import { csvHead, writeCsv, writeMarkdown } from '../../../lib/model/foreign/write-table.ts';
import { isVisible } from '../../../lib/model/visible.ts';
import { ensureWorkspace } from '../../../lib/tracker/database/join-workspace.ts';
import { openStore } from '../../../lib/tracker/database/open.ts';
import { importTasks } from '../../../lib/tracker/moving/import-tasks.ts';
import { writeOutgoing } from '../../../lib/tracker/moving/outgoing-tasks.ts';
import type { Scope } from '../../../lib/tracker/scope.ts';
import { findViolations } from '../../conformance/invariants/check-invariants.ts';
import { scopeOf } from '../../conformance/test-lists.ts';
import { sqlite } from '../../engines/engines.ts';

let store: Scope['store'];
let drop: () => Promise<void>;

beforeAll(async () => {
  const database = await sqlite.createDatabase('round-trip');
  store = await openStore({ kind: 'sqlite', path: database.url.slice('sqlite:'.length) });
  drop = database.drop;
});

afterAll(async () => {
  await store.close();
  await drop();
});

/** Imports into a list of its own, which must hold together, and writes that for a tracker. */
async function through(
  list: ForeignList,
  write: (task: OutgoingTask) => string,
  format = 'bd',
): Promise<string> {
  const id = randomUUID();
  await ensureWorkspace(store, { id, slug: 'web' }, 'alice@one');
  await importTasks(scopeOf(store, id), list, { format });
  expect(await findViolations(store.db, id)).toEqual([]);
  const parts: string[] = [];
  await writeOutgoing(store, id, (tasks) => parts.push(...tasks.map(write)));
  return parts.join('');
}

const line = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 40 })
  .map((text) => text.replace(/\s+/g, ' ').trim())
  .filter((text) => isVisible(text) && !/[\p{Cc}\p{Cs}]/u.test(text));
const time = fc
  .integer({ min: Date.UTC(2020, 0, 1), max: Date.UTC(2026, 0, 1) })
  .map((at) => new Date(at - (at % 1000)).toISOString().replace('.000Z', 'Z'));
const dependencyTypes = ['blocks', 'related', 'discovered-from', 'caused-by', 'tracks'];

const issue = fc.record(
  {
    title: line,
    description: line,
    status: fc.constantFrom('open', 'in_progress', 'closed', 'deferred', 'pinned', 'in_review'),
    priority: fc.integer({ min: 0, max: 4 }),
    issue_type: fc.constantFrom('bug', 'feature', 'task', 'chore', 'spike', 'molecule'),
    created_at: time,
    labels: fc.uniqueArray(line, { minLength: 1, maxLength: 3 }),
    // As a file would hold it: JSON writes -0 as 0.
    metadata: fc
      .jsonValue({ maxDepth: 2 })
      .map((value) => JSON.parse(JSON.stringify(value)))
      .filter((value) => value !== null && !Array.isArray(value)),
    spec_id: line,
    ephemeral: fc.constant(true),
    'an odd name': fc.array(fc.integer(), { minLength: 1 }),
  },
  { requiredKeys: ['title', 'created_at'] },
);

const issues = fc
  .array(fc.tuple(issue, fc.array(fc.tuple(fc.nat(7), fc.constantFrom(...dependencyTypes)))), {
    minLength: 1,
    maxLength: 8,
  })
  .map((list) =>
    list.map(([fields, needs], index) => {
      const id = `code-${index}`;
      const seen = new Set<string>();
      const dependencies = needs
        .map(([to, type]) => ({ issue_id: id, depends_on_id: `code-${to}`, type }))
        .filter(({ depends_on_id: to, type }) => {
          const isNew = !seen.has(`${to} ${type}`);
          seen.add(`${to} ${type}`);
          return isNew;
        });
      const closed = fields.status === 'closed' ? { closed_at: fields.created_at } : {};
      return { id, ...fields, ...closed, ...(dependencies.length > 0 ? { dependencies } : {}) };
    }),
  );

test('bd gets back every field that it gave, whatever docket knows of it', async () => {
  await fc.assert(
    fc.asyncProperty(issues, async (given) => {
      const text = given.map((each) => JSON.stringify(each)).join('\n');
      const back = (await through(readBd(text), writeBd)).trimEnd().split('\n');
      const found = new Map(back.map((each) => [JSON.parse(each).id, JSON.parse(each)]));
      expect(found.size).toBe(given.length);
      for (const each of given) {
        const { updated_at: _, ...other } = found.get(each.id) ?? {};
        expect(other).toEqual({
          _type: 'issue',
          created_by: 'alice@one',
          status: 'open',
          priority: 2,
          issue_type: 'task',
          ...each,
          ...(each.status === 'closed' ? { started_at: each.created_at } : {}),
          ...(each.dependencies === undefined
            ? {}
            : { dependencies: expect.arrayContaining(each.dependencies) }),
        });
        expect(other.dependencies ?? []).toHaveLength(each.dependencies?.length ?? 0);
      }
    }),
    { numRuns: 60 },
  );
});

/** Titles, texts and states of a list, in the order in which it is written. */
async function shapeOf(list: ForeignList, format: string): Promise<readonly string[]> {
  const text = await through(
    list,
    ({ title, description, status, level, priority }) =>
      `${JSON.stringify({ title, description, status, level, priority })}\n`,
    format,
  );
  return text.trimEnd().split('\n').sort();
}

test('a table that docket wrote is read again as it was, and holds no formula', async () => {
  const cell = fc.oneof(
    line,
    line.map((text) => `=${text}`),
    line.map((text) => `a\n"${text}",`),
  );
  const row = fc.record({
    title: line,
    description: cell,
    priority: fc.integer({ min: 0, max: 4 }),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 6 }), async (rows) => {
      const tasks = rows.map(({ priority, ...each }, index) => ({
        id: `t-${index}`,
        ...each,
        priority: priority as 0 | 1 | 2 | 3 | 4,
        status: index % 2 === 0 ? ('pending' as const) : ('completed' as const),
        parent: index === 3 ? 't-0' : undefined,
      }));
      const list = { tasks, remarks: [] };
      const text = csvHead + (await through(list, writeCsv, 'csv'));
      expect(text).not.toMatch(/(^|[,"\n])[=@]/);
      expect(await shapeOf(readCsv(text), 'csv')).toEqual(await shapeOf(list, 'csv'));
    }),
    { numRuns: 40 },
  );
});

test('a checklist that docket wrote is read again as it was', async () => {
  const row = fc.record({ title: line, description: fc.oneof(fc.constant(''), line) });
  await fc.assert(
    fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 6 }), async (rows) => {
      const tasks = rows.map((each, index) => ({
        id: `t-${index}`,
        ...each,
        status: (['pending', 'completed', 'cancelled'] as const)[index % 3] ?? 'pending',
        parent: index % 3 === 1 ? `t-${index - 1}` : undefined,
      }));
      const list = { tasks, remarks: [] };
      const text = await through(list, writeMarkdown, 'markdown');
      expect(await shapeOf(readMarkdown(text), 'markdown')).toEqual(
        await shapeOf(list, 'markdown'),
      );
    }),
    { numRuns: 40 },
  );
});
