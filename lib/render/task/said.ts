import type { HandOver } from '../../model/answers/hand-over.ts';
import type { TaskView } from '../../model/answers/task.ts';
import { builtFields, verdictFields } from '../../model/checklist/field-words.ts';
import { labelled, labelOf } from '../../model/checklist/label.ts';
import { saidOf, textsIn } from '../../model/checklist/said.ts';
import { fieldsWhere } from '../../model/report/fields.ts';
import { openBlockers, pastBlocksOf } from '../../model/task/past-blocks.ts';
import { isClosed } from '../../model/task/status.ts';
import { renderQuoted, safeLine } from '../text/safe-text.ts';

/** Code points of a line. */
const longest = 2_000;

/** Parts of a checklist that say of a task what this page says in words of its own. */
const pathFields = fieldsWhere(({ part = '' }) =>
  ['created', 'modified', 'relevant', 'dependency'].includes(part),
);

/**
 * Renders what reports say of a task as words, each text whole.
 *
 * @returns the lines, and the fields of its context that its page tells by them or elsewhere.
 */
export function renderSaid(
  task: TaskView,
  { earlier }: Pick<HandOver, 'earlier'>,
): { readonly lines: readonly string[]; readonly fields: ReadonlySet<string> } {
  const worked = earlier.findLast(({ role, status }) => role === 'work' && status === 'completed');
  const isJudged = worked !== undefined && worked.verdict !== null;
  const { findings, details, dependencies, files } = saidOf(task, { isJudged });
  const texts = [
    ...(task.type === 'review' ? [] : textsIn(task, verdictFields)),
    ...findings,
    ...textsIn(task, builtFields),
    ...details,
  ];
  // A review that is open again has yet to judge.
  const when = task.type === 'review' && !isClosed(task.status) ? ' in the round before' : '';
  const names = [...new Set([...files.created, ...files.modified, ...files.relevant])];
  return {
    lines: [
      ...texts
        .filter(({ field }) => field !== 'issues_found')
        .flatMap(({ field, text }) => textLines(field, text, when)),
      ...dependencies.map((name) => line(`Dependency: ${name}`)),
      ...names.map((name) => line(`File: ${name}`)),
    ],
    fields: new Set([
      ...texts.map(({ field }) => field),
      ...pathFields,
      ...['review_status', 'subtasks_completed', ...(areBlocksTold(task) ? [blockersField] : [])],
    ]),
  };
}

const blockersField = 'blockers_encountered';

/** Whether the page names all blockers that a task has met: past ones, and what blocks it now. */
function areBlocksTold({ context, blockedReason }: TaskView): boolean {
  const met = context[blockersField];
  const told = pastBlocksOf(context).length + openBlockers(context, blockedReason ?? '').length;
  return Array.isArray(met) && met.length === told;
}

function textLines(field: string, text: string, when: string): readonly string[] {
  if (!text.includes('\n')) return [line(labelled(field, text, when))];
  return [`- ${labelOf(field)}${when}:`, ...renderQuoted(text)];
}

function line(text: string): string {
  return `- ${safeLine(text, longest)}`;
}
