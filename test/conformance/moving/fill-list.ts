import { describeProgram } from '../../../lib/access/describe-session.ts';
import { docketOn } from '../../../lib/operations/open-docket.ts';
import { archiveTasks } from '../../../lib/tracker/archive/archive-tasks.ts';
import { makeId } from '../../../lib/tracker/ids.ts';
import { writeHeartbeat } from '../../../lib/tracker/runs/sessions.ts';
import { recordEdits } from '../../../lib/tracker/runs/touched-files.ts';
import type { Scope } from '../../../lib/tracker/scope.ts';
import { addNote } from '../../../lib/tracker/tasks/note.ts';

/** Makes a list with rows in every table: open, held, done, moved, linked, billed, archived. */
export async function fillList(
  scope: Scope,
): Promise<{ readonly waiting: string; readonly held: string }> {
  const docket = docketOn(scope);
  await writeHeartbeat(scope.store, describeProgram(scope));
  await docket.call('client.add', { name: 'Acme', note: 'a note' });
  await docket.call('client.update', { name: 'acme', rate: 12_000, currency: 'USD' });
  await docket.call('project.add', { name: 'Site', client: 'acme' });
  await docket.call('infra.add', { name: 'Web server', client: 'acme', kind: 'server' });
  const about = { client: 'acme', project: 'site', infrastructure: ['web-server'], billable: true };
  const { task: done } = await docket.call('create', {
    title: 'Done ✓ \u{1f600} "quoted"',
    description: 'Line one\nLine two\t\\ end ',
    ...about,
  });
  await docket.call('claim', { task: done.key });
  await docket.call('note', { task: done.key, text: 'a note' });
  await recordEdits(scope, [{ path: 'src/ä.ts', isNew: true, agent: 'main', task: undefined }]);
  await docket.call('close', { task: done.key, outcome: 'It works', billable_minutes: 25 });
  await docket.call('insight.add', { about: 'client', name: 'acme', text: 'A fact' });
  await docket.call('work-item.invoice', { client: 'acme' });
  const { task: moved } = await docket.call('create', {
    title: 'Moved',
    labels: ['ops', 'a b'],
    ...about,
  });
  const { task: parent, subtasks } = await docket.call('plan', {
    title: 'Plan',
    subtasks: [{ title: 'First' }, { title: 'Second' }, { title: 'Third' }],
    task_context: { 'an odd name': [1, { deep: true }] },
    ...about,
  });
  const [first, second] = subtasks.map(({ key }) => key);
  const { task: other } = await docket.call('create', { title: 'Other', ...about });
  await docket.call('update', { task: moved.key, parent: parent.key });
  await docket.call('update', { task: second ?? '', parent: other.key });
  await docket.call('claim', { task: first ?? '' });
  const { task: blocked } = await docket.call('create', { title: 'Blocked', due: '+3d' });
  await docket.call('block', { task: blocked.key, reason: 'no part' });
  const { task: waiting } = await docket.call('create', {
    title: 'Waits',
    needs: [blocked.key],
    ...about,
  });
  await docket.call('create', { title: 'Later', not_before: '+30d' });
  const queued = { keys: [], age: 60_000, needsClaim: false };
  await addNote({ ...scope, requestId: makeId(), queued }, waiting.key, 'queued');
  const { task: old } = await docket.call('create', { title: 'Old' });
  await docket.call('link', { task: other.key, target: old.key, type: 'related' });
  await docket.call('note', { task: old.key, text: 'a note' });
  await docket.call('close', { task: old.key });
  await archiveTasks(scope, { olderThan: -60_000, keep: 0 });
  return { waiting: waiting.key, held: first ?? '' };
}
