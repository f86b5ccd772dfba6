import type { Db } from '../../../lib/store/contract.ts';
import { linesOfTrees } from '../../../lib/store/moving/archived-trees.ts';
import { activeTimes } from '../../../lib/store/queries/active-times.ts';
import {
  billItems,
  changedItems,
  invoicedLines,
  invoicedLinesOf,
} from '../../../lib/store/queries/bill.ts';
import { editedFor } from '../../../lib/store/queries/edited-for.ts';
import { entryTasks } from '../../../lib/store/queries/entry-tasks.ts';
import {
  type FilterConditions,
  type FilterPage,
  filteredBelow,
  filteredPage,
} from '../../../lib/store/queries/filtered-tasks.ts';
import { finishedSince, linesInQueue, plansOfStatus } from '../../../lib/store/queries/overview.ts';
import { archivedRows, linksBetween } from '../../../lib/store/queries/past-source.ts';
import { readPromptRows } from '../../../lib/store/queries/prompt-list.ts';
import { heldTasks, lastNotes, namedTasks, pastEvents } from '../../../lib/store/queries/recap.ts';
import { findSearchTexts, searchRows, searchTexts } from '../../../lib/store/queries/search.ts';
import {
  countCompleted,
  entrySlugs,
  sampleBlocks,
  sampleRuns,
  sampleRunsOfTasks,
  sampleTasks,
} from '../../../lib/store/queries/stats.ts';
import { treesRequest } from '../../../lib/store/queries/trees.ts';
import { heldBySessions } from '../../../lib/store/queries/who.ts';
import { ask, type Request } from '../../../lib/store/sql/request.ts';
import { archivedByKeys, countArchived } from '../../../lib/store/tables/archived-tasks.ts';
import { blockStarts } from '../../../lib/store/tables/blocks.ts';
import { clientTable } from '../../../lib/store/tables/clients.ts';
import { dependenciesOfKeys, needingTasks } from '../../../lib/store/tables/dependencies.ts';
import {
  countEvents,
  eventsAfter,
  eventsOfTasksAfter,
  newestEvents,
  titlesAround,
  workerEvents,
} from '../../../lib/store/tables/events.ts';
import { taskByFormerKey } from '../../../lib/store/tables/former-keys.ts';
import {
  infrastructureOf,
  infrastructureOfKeys,
} from '../../../lib/store/tables/infrastructure.ts';
import {
  insightList,
  insightsByPrefix,
  isKnownInsight,
} from '../../../lib/store/tables/insights.ts';
import { notesOf } from '../../../lib/store/tables/notes.ts';
import { countScheduled } from '../../../lib/store/tables/ready.ts';
import { registryEntryBySlug } from '../../../lib/store/tables/registry.ts';
import { runningOfRequest, timersRequest } from '../../../lib/store/tables/running-times.ts';
import { findRunning, runsOf } from '../../../lib/store/tables/runs.ts';
import { findSessionsOfProcess, openSessions } from '../../../lib/store/tables/sessions.ts';
import { tasksInQueue, tasksOfStatus } from '../../../lib/store/tables/task-lists.ts';
import {
  progressOf,
  taskByKey,
  tasksBelow,
  tasksByKeys,
  tasksByPrefix,
  tasksNeededBy,
} from '../../../lib/store/tables/task-lookups.ts';
import { findClaimedIds } from '../../../lib/store/tables/tasks.ts';
import {
  hasTouchedBefore,
  othersAtFilesOf,
  touchedBySessions,
  touchedOfKey,
  touchedOfTasks,
} from '../../../lib/store/tables/touched-files.ts';
import { workItemList, workItemsOf } from '../../../lib/store/tables/work-items.ts';
import { findWorkspacesByRepository } from '../../../lib/store/tables/workspaces.ts';
import { clientId } from './many-clients.ts';

export const workspaceId = '01890000-0000-7000-8000-0000000000aa';
const aTask = '00000000-0000-7000-8000-000000000007';
/** A task in the middle. */
const searched = { id: aTask, createdAt: '2026-01-01 00:30:00.000' };
const words = ['invoice', 'größe'];
/** Most of the list. */
const measured = {
  workspaceId,
  from: '2026-01-01T00:05:00.000Z',
  type: undefined,
  limit: 100,
};
const ofType = { ...measured, type: 'research' } as const;
const spans = ['2026-01-01T00:05:00.000Z', '2026-01-01T00:15:00.000Z'].map((from) => ({
  from,
  to: '2026-01-01T00:25:00.000Z',
}));
const aClient = clientId(8);
const november = { from: '2026-11-01 00:00:00.000', until: '2026-12-01 00:00:00.000' };
const live = { withArchived: false };
const filtered: FilterConditions & FilterPage = {
  ...{ types: ['research', 'bugfix'], priorities: [0, 1], withText: true },
  ...{ from: 20, size: 10 },
};
const page = { limit: 10, countTo: 101 };

/** A question: a request, or what asks it. */
export type Question = (db: Db) => Request<unknown> | Promise<unknown>;

/** Every question whose cost must not grow with the list, and how it is asked. */
export const questions: Readonly<Record<string, Question>> = {
  'the ready list': ({ dialect }) =>
    tasksInQueue(dialect, workspaceId, { queue: 'ready', ...page }),
  'tasks in progress': ({ dialect }) =>
    tasksInQueue(dialect, workspaceId, { queue: 'in_progress', ...page }),
  'tasks of a status': ({ dialect }) =>
    tasksOfStatus(dialect, workspaceId, { status: 'completed', ...page }),
  'tasks of a status, everywhere': ({ dialect }) =>
    tasksOfStatus(dialect, undefined, { status: 'completed', ...page }),
  'a page of a list that is filtered': ({ dialect }) =>
    filteredPage(dialect, { workspaceId, column: 'status', value: 'pending' }, filtered),
  'a page of a queue that is filtered': ({ dialect }) =>
    filteredPage(dialect, { workspaceId, column: 'queue', value: 'ready' }, filtered),
  'a page of a list that is filtered, everywhere': ({ dialect }) =>
    filteredPage(dialect, { workspaceId: undefined, column: 'status', value: 'pending' }, filtered),
  'what is below a task and passes a filter': ({ dialect }) =>
    filteredBelow(
      dialect,
      'web-0001',
      { column: 'status', values: ['pending', 'blocked'] },
      filtered,
    ),
  'how far containers are': ({ dialect }) => progressOf(dialect, [aTask]),
  'the work items of a client': ({ dialect }) =>
    workItemList(dialect, { workspaceId, clientId: aClient, withArchived: false }, page),
  'the work items of all clients': ({ dialect }) =>
    workItemList(dialect, { workspaceId, clientId: undefined, withArchived: true }, page),
  'the work item of a task': () => workItemsOf([aTask]),
  'the bill of a client': ({ dialect }) =>
    billItems(dialect, { workspaceId, clientId: aClient, ...november }),
  'the bill of all clients': ({ dialect }) =>
    billItems(dialect, { workspaceId, clientId: undefined, ...november }),
  'what changed of what was billed': ({ dialect }) =>
    changedItems(dialect, { workspaceId, ...november }),
  'what was invoiced': ({ dialect }) => invoicedLines(dialect, { workspaceId, ...november }),
  'what was invoiced of a task': () => invoicedLinesOf([aTask]),
  'the tasks of a client': ({ dialect }) =>
    entryTasks(dialect, { table: 'clients', workspaceId, slug: 'client-7' }, page),
  'the tasks of a project': ({ dialect }) =>
    entryTasks(dialect, { table: 'projects', workspaceId, slug: 'project-7' }, page),
  'how many tasks are archived': ({ dialect }) => countArchived(dialect, workspaceId, 2_000),
  'archived tasks by their keys': () => archivedByKeys(['old-7', 'old-8']),
  'what is told of archived tasks': () => archivedRows(['archived-7', 'archived-8']),
  'the lines of archived trees': () => linesOfTrees(workspaceId, ['archived-7', 'archived-8']),
  'the links of tasks to archived ones': () =>
    linksBetween('archived_links', { from: aTask, to: aTask.replace('7', '9') }),
  'a client by its name': () => registryEntryBySlug(clientTable, { workspaceId, slug: 'client-7' }),
  'the insights about a client': ({ dialect }) =>
    insightList(
      dialect,
      { workspaceId, target: { about: 'client', targetId: aClient }, ...live },
      page,
    ),
  'the insights about a machine': ({ dialect }) =>
    insightList(
      dialect,
      { workspaceId, target: { about: 'infrastructure', targetId: 'infra-7' }, ...live },
      page,
    ),
  'all insights': ({ dialect }) =>
    insightList(dialect, { workspaceId, target: undefined, ...live }, page),
  'whether an insight is known': (db) =>
    isKnownInsight(db, { about: 'client', targetId: aClient }, 'Fact 8'),
  'insights by the beginning of an id': () => insightsByPrefix(workspaceId, 'insight-1'),
  'what a task is done on': () => infrastructureOf([aTask]),
  'the prompt': (db) => readPromptRows(db, workspaceId, 'session-1'),
  'the prompt of who knows an earlier list': (db) =>
    readPromptRows(db, workspaceId, 'session-1', {
      ...{ version: 'an earlier one', seq: 20 },
      keys: ['web-0001', 'web-0002', 'web-0007'],
    }),
  'a task by its key': () => taskByKey('web-0001'),
  'a task by a former key': () => taskByFormerKey(['web-0001', 'web-web-0001']),
  'tasks by the beginning of a key': () =>
    tasksByPrefix(workspaceId, { prefix: 'web-00', limit: 9 }),
  'some tasks by their keys': () => tasksByKeys(['web-0001', 'web-0002']),
  'everything below a task': () => tasksBelow('web-0001'),
  'the tasks that a task needs': () => tasksNeededBy('web-0007'),
  'what a task and its containers are done on': () =>
    infrastructureOfKeys(['web-0007', 'web-0008']),
  'whole trees with what they need and what needs them': () =>
    treesRequest(['web-0007', 'web-0008']),
  'the runs of a task': ({ dialect }) => runsOf(dialect, [aTask]),
  'the run of a task': (db) => findRunning(db, [aTask]),
  'the runs of a session': (db) =>
    ask(db, runningOfRequest(db, { workspaceId, session: 'session-1' })),
  'the clocks of a person': (db) => timersRequest(db, 'terminal:alice'),
  'the claims of a session': (db) => findClaimedIds(db, 'session-1'),
  'what some tasks need': () => dependenciesOfKeys(['web-0007', 'web-0008']),
  'what could be the review of a task': () => needingTasks([aTask]),
  'the notes of a task': () => notesOf([aTask]),
  'the newest events': () => newestEvents(workspaceId, { taskId: undefined, limit: 10 }),
  'the titles around the newest events': () =>
    titlesAround(workspaceId, { taskId: undefined, limit: 10 }),
  'the titles around the newest events of a task': () =>
    titlesAround(workspaceId, { taskId: aTask, limit: 10 }),
  'how many events there are': () => countEvents(workspaceId, { taskId: undefined, countTo: 99 }),
  'how many events a task has': () => countEvents(workspaceId, { taskId: aTask, countTo: 99 }),
  'the events after one': () => eventsAfter(workspaceId, { seq: 20, limit: 10 }),
  'the newest events of a worker': () =>
    workerEvents({
      ...{ workspaceId, session: 'alice-session', agent: 'main' },
      ...{ withCommands: true, after: 20, limit: 10 },
    }),
  'what happened to some tasks since': () => eventsOfTasksAfter([aTask], 20),
  'the newest events of a task': () => newestEvents(workspaceId, { taskId: aTask, limit: 10 }),
  'the tasks that a search looks at': ({ dialect }) =>
    searchRows(dialect, workspaceId, { after: undefined, size: 100, words }),
  'the tasks that a search looks at next': ({ dialect }) =>
    searchRows(dialect, workspaceId, { after: searched, size: 100, words }),
  'the texts that a search looks at first': ({ dialect }) =>
    searchTexts(dialect, workspaceId, { after: undefined, size: 100, words }),
  'the texts that a search looks at': async (db) => {
    const rows = await ask(
      db,
      searchRows(db.dialect, workspaceId, { after: searched, size: 100, words }),
    );
    await findSearchTexts(db, workspaceId, { rows, after: searched, words });
  },
  'the texts that a search looks at, of tasks far from each other': async (db) => {
    const [first] = await ask(
      db,
      searchRows(db.dialect, workspaceId, { after: undefined, size: 1, words }),
    );
    const [last] = await ask(
      db,
      searchRows(db.dialect, workspaceId, { after: searched, size: 1, words }),
    );
    const rows = [first, last].flatMap((row) => row ?? []);
    await findSearchTexts(db, workspaceId, { rows, after: undefined, words });
  },
  'the lines of an overview': ({ dialect }) =>
    linesInQueue(dialect, workspaceId, { queue: 'in_progress', ...page }),
  'the plans under way': ({ dialect }) =>
    plansOfStatus(dialect, workspaceId, { status: 'in_progress', lookAt: 50 }),
  'what was finished, and by whom': ({ dialect }) =>
    finishedSince(dialect, workspaceId, { from: measured.from, limit: 6 }),
  'how many tasks wait for their time': ({ dialect }) => countScheduled(dialect, workspaceId, 100),
  'the events that a recap looks at': () => pastEvents(workspaceId, 100),
  'what some sessions hold': () => heldTasks(['session-1', 'session-2']),
  'what some sessions made': () => namedTasks([aTask]),
  'the newest note of some tasks': () => lastNotes([aTask]),
  'since when some tasks are blocked': () => blockStarts([aTask]),
  'what was completed lately': ({ dialect }) => sampleTasks(dialect, measured),
  'what was completed lately, of a type': ({ dialect }) => sampleTasks(dialect, ofType),
  'the runs of what was completed lately': ({ dialect }) => sampleRunsOfTasks(dialect, measured),
  'the newest runs': ({ dialect }) => sampleRuns(dialect, measured),
  'the newest runs of a type': ({ dialect }) => sampleRuns(dialect, ofType),
  'the newest blocked times': ({ dialect }) => sampleBlocks(dialect, measured),
  'the newest blocked times of a type': ({ dialect }) => sampleBlocks(dialect, ofType),
  'the newest runs for a client': ({ dialect }) =>
    sampleRuns(dialect, { ...measured, of: { clientId: aClient, projectId: undefined } }),
  'the names of all clients and projects': () => entrySlugs(workspaceId),
  'how many were completed in some weeks': ({ dialect }) =>
    countCompleted(dialect, measured, { spans, countTo: 100 }),
  'how many of a type were completed in some weeks': ({ dialect }) =>
    countCompleted(dialect, ofType, { spans, countTo: 100 }),
  'what tasks of a type took': ({ dialect }) =>
    activeTimes(dialect, { workspaceId, type: 'research', complexity: null }, 50),
  'what tasks of a type and complexity took': ({ dialect }) =>
    activeTimes(dialect, { workspaceId, type: 'research', complexity: 'simple' }, 50),
  'what a session edits for': () => editedFor({ workspaceId, session: 'session-1' }, ['web-0007']),
  'the files of some tasks': () => touchedOfTasks([aTask]),
  'the files of a task': () => touchedOfKey('web-0007'),
  'the last files of some sessions': () =>
    touchedBySessions(
      { workspaceId, sessions: ['session-1', 'session-2'] },
      { since: '2026-01-01 00:00:00.000', limit: 50 },
    ),
  'who else is at the files of a session': ({ dialect }) =>
    othersAtFilesOf(dialect, { workspaceId, session: 'session-1' }, { within: 1_000, limit: 50 }),
  'whether edits of long ago are kept': () => hasTouchedBefore('2026-01-01 00:00:00.000'),
  'the sessions that may live': ({ dialect }) => openSessions(dialect, workspaceId, 'boot-7'),
  'what live sessions hold': () => heldBySessions(['session-1', 'session-2']),
  'the sessions of a process': (db) =>
    findSessionsOfProcess(db, { scope: 'boot-7', id: 7, start: '1' }),
  'the workspaces of a repository': (db) =>
    findWorkspacesByRepository(db, { rootCommit: 'a', origin: 'b' }),
};

/** A session's own claims; the notes of one task. */
const ofThePrompt =
  /"key":"tasks_by_claim"|index: \[tasks\.claim_session_id\]|TopN\(Limit: \[1\]; n\.task_id/;

/** Sorting that is short however long the list is: of what one task, session or process has. */
export const shortSorts: Readonly<Record<string, RegExp>> = {
  'the claims of a session': /./,
  // Dolt takes another index for a status of few tasks; a filter looks at all of them anyway.
  'a page of a list that is filtered': /^TopN/,
  'the runs of a task': /./,
  'the tasks of a client': /./,
  'the tasks of a project': /./,
  'what some tasks need': /./,
  // Among a thousand of the type.
  'what tasks of a type and complexity took': /./,
  'the tasks that a task needs': /./,
  'what a task and its containers are done on': /./,
  'whole trees with what they need and what needs them': /./,
  'what a task is done on': /./,
  'the newest events of a task': /./,
  'the titles around the newest events of a task': /./,
  // The notes of one task.
  'what was finished, and by whom': /TopN\(Limit: \[1\]; e\.task_id/,
  'what some sessions hold': /TopN\(Limit: \[1\]; n\.task_id/,
  'the newest note of some tasks': /./,
  'what a session edits for': /./,
  'the files of some tasks': /./,
  'the files of a task': /./,
  // Dolt, of the trees that are asked for.
  'the lines of archived trees': /./,
  'the last files of some sessions': /./,
  'who else is at the files of a session': /./,
  'what live sessions hold': /./,
  'the sessions of a process': /./,
  'the workspaces of a repository': /./,
  'the prompt': ofThePrompt,
  'the prompt of who knows an earlier list': ofThePrompt,
};
