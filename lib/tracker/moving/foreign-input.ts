import * as z from 'zod/mini';
import { describeIssue } from '../../model/describe-issue.ts';
import { DocketError } from '../../model/errors.ts';
import type { ForeignNote, ForeignTask } from '../../model/foreign/foreign-task.ts';
import { plainLabels } from '../../model/foreign/plain-labels.ts';
import { codePoints, limits } from '../../model/limits.ts';
import { TaskInput } from '../../model/task/input.ts';
import { isVisible } from '../../model/visible.ts';

/** The name in a task's context of what another tracker said of it. */
const importedField = 'imported';

/** A task of another tracker, as docket takes it. */
export interface ForeignInput {
  readonly input: TaskInput;
  readonly notes: readonly ForeignNote[];
  readonly outcome: string | undefined;
  readonly reason: string;
}

/**
 * Makes a task's input of what another tracker said. Nothing is lost: a title that is too long also
 * begins the description, text beyond docket's limits goes on in notes, and what has no place here
 * stands in the context.
 *
 * @param unlinked links that could not be made
 * @throws DocketError `invalid_input`
 */
export function toInput(
  task: ForeignTask,
  { format, unlinked }: { readonly format: string; readonly unlinked: readonly string[] },
): ForeignInput {
  const title = cleaned(task.title).replace(/\s+/g, ' ').trim();
  const isLong = codePoints(title) > limits.title;
  const described = [isLong ? title : '', cleaned(task.description ?? '')].filter(isVisible);
  const [description = '', ...more] = inParts(described.join('\n\n'), limits.description);
  const [outcome = '', ...furtherOutcome] = inParts(cleaned(task.outcome ?? ''), limits.outcome);
  const fitting = plainLabels(task.labels ?? []);
  const isKept = fitting.join() === (task.labels ?? []).join();
  const imported = {
    from: format,
    id: task.id,
    ...(isKept ? {} : { labels: task.labels }),
    ...(unlinked.length > 0 ? { unlinked } : {}),
    ...task.rest,
  };
  const given = {
    title: isLong
      ? [...title]
          .slice(0, limits.title - 1)
          .join('')
          .concat('…')
      : title || task.id,
    description,
    task_type: task.type,
    priority: task.priority,
    estimated_minutes: task.estimatedMinutes,
    labels: [...fitting],
    due: momentOf(task.due),
    not_before: momentOf(task.notBefore),
    task_context: { [importedField]: imported },
  };
  const parsed = z.safeParse(TaskInput, given, { reportInput: true });
  if (!parsed.success) {
    const what = describeIssue(parsed.error.issues[0]);
    throw new DocketError('invalid_input', `${task.id}: ${what}`);
  }
  return {
    input: parsed.data,
    notes: [
      ...[...more, ...furtherOutcome].map((text) => ({ text })),
      ...(task.notes ?? []).flatMap(({ text, ...note }) =>
        inParts(cleaned(text), limits.note).map((part) => ({ ...note, text: part })),
      ),
    ].filter(({ text }) => isVisible(text)),
    outcome: isVisible(outcome) ? outcome : undefined,
    reason: task.reason ?? 'blocked',
  };
}

/** A time that docket does not understand stays in the context alone. */
function momentOf(time: string | undefined): string | undefined {
  if (time === undefined) return undefined;
  return TaskInput.shape.due.safeParse(time).success ? time : undefined;
}

function cleaned(text: string): string {
  return text.toWellFormed().replaceAll('\0', '\ufffd');
}

/** Cuts a text into parts of so many characters. */
function inParts(text: string, longest: number): readonly string[] {
  if (text.length <= longest || codePoints(text) <= longest) return [text];
  const characters = [...text];
  const parts: string[] = [];
  for (let start = 0; start < characters.length; start += longest) {
    parts.push(characters.slice(start, start + longest).join(''));
  }
  return parts;
}
