import { expect, test } from 'vitest';
import type { InsightView } from '../../../lib/model/answers/insight.ts';
import type { RegistryEntryView } from '../../../lib/model/answers/registry.ts';
import type { RunView } from '../../../lib/model/answers/run.ts';
import type { EventView } from '../../../lib/model/answers/task.ts';
import type { WorkItemView } from '../../../lib/model/answers/work-item.ts';
import { renderRegistryEntries } from '../../../lib/render/registry/entries.ts';
import { renderInsights } from '../../../lib/render/registry/insights.ts';
import { renderWorkItems } from '../../../lib/render/registry/work-items.ts';
import { renderRuns } from '../../../lib/render/run/lines.ts';
import { renderEvents } from '../../../lib/render/task/events.ts';
import type { OutputStyle } from '../../../lib/render/text/style.ts';
import { displayWidth } from '../../../lib/render/text/width.ts';

// Letters of two columns, of one, and an accent of none: the same name has 6 letters and 12 columns.
const names = ['acme', '東京支社本店', 'cafe\u0301', 'ｆｕｌｌ'];
const at = '2026-11-21T10:00:00.000Z';
const made = {
  createdAt: at,
  createdBy: 'alice@one',
  updatedAt: at,
  archivedAt: null,
  invoicedMinutes: null,
};

/** Each list with one line a name; `■` begins the last column of each. */
const lists: Readonly<Record<string, (style: OutputStyle) => readonly string[]>> = {
  'work items': (style) => {
    const item: WorkItemView = {
      ...{
        id: 'i',
        task: 'web-k3f9',
        client: '',
        timeZone: null,
        project: null,
        category: '',
        problem: '■',
      },
      ...{
        solution: '',
        billableMinutes: 5,
        minutesFrom: [],
        affectedSystems: [],
        technologies: [],
      },
      ...{ session: 's', completedAt: at, ...made },
    };
    const workItems = names.flatMap((name, index) => [
      { ...item, client: name, billableMinutes: 10 ** index, archivedAt: at },
      { ...item, client: 'x', category: name },
    ]);
    return renderWorkItems(
      { workItems, total: 8, totalLimit: 100 },
      { style, timeZone: 'UTC', more: '' },
    ).text.split('\n');
  },
  clients: (style) => {
    const view: RegistryEntryView = { slug: '', name: '■', note: '', ...made };
    return renderRegistryEntries(
      names.map((slug) => ({ ...view, slug, client: 'globex' })),
      style,
    );
  },
  insights: (style) => {
    const insight: InsightView = {
      ...{ id: '019abc', text: '■', about: 'client', subject: '', task: null, run: null },
      ...made,
    };
    const insights = names.map((subject) => ({ ...insight, subject }));
    return renderInsights({ insights, total: 4, totalLimit: 100 }, { style, more: '' }).text.split(
      '\n',
    );
  },
  runs: (style) => {
    const run: RunView = {
      ...{ id: 'r', task: 'web-k3f9', agent: '', role: 'work', attempt: 1, cycle: 1 },
      ...{ status: 'completed', verdict: null, session: 's', agentId: 'main', actor: 'a@b' },
      ...{ clock: null, proposedMinutes: null },
      ...{ startedAt: at, finishedAt: at, activeMs: 300_000, activeMinutes: 5, costUsd: null },
      ...{ report: { outcome: '■' }, error: null },
    };
    return renderRuns(
      names.map((agent) => ({ ...run, agent })),
      { at, style },
    );
  },
  events: (style) => {
    const event: EventView = {
      ...{ seq: 1, task: null, title: null, verb: '■', actor: '', session: 's', agent: 'main' },
      ...{ old: null, new: { title: 'x' }, createdAt: at },
    };
    const events = names.map((name) => ({ ...event, actor: `${name}@one` }));
    const answer = { events, titles: {}, total: events.length, totalLimit: 100, at };
    return renderEvents(answer, { style, more: '' }).text.split('\n');
  },
};

const styles = [
  { width: 80, colour: false },
  { width: 200, colour: false },
  { width: 200, colour: true },
  { width: undefined, colour: false },
] as const satisfies readonly OutputStyle[];

const cases = Object.entries(lists).flatMap(([name, render]) =>
  styles.map((style) => [name, style.width, style.colour, render(style)] as const),
);

test.each(cases)('columns of %s stand straight at %s columns (colour: %s)', (_, __, ___, lines) => {
  expect(lines.length).toBeGreaterThanOrEqual(names.length);
  const colours = new RegExp(`${String.fromCharCode(27)}\\[\\d+m`, 'g');
  const begins = lines
    .map((line) => line.replace(colours, ''))
    .map((line) => displayWidth(line.slice(0, line.indexOf('■'))));
  expect(new Set(begins).size).toBe(1);
});
