import type { ChecklistItem } from '../answers/checklist.ts';
import type { TaskView } from '../answers/task.ts';
import { entriesOf, entriesOfAll } from './context-entries.ts';
import {
  createdFields,
  dependencyFields,
  deployedFields,
  deploymentFields,
  documentationFields,
  findingFields,
  modifiedFields,
  relevantFields,
  reviewFields,
  testFields,
  verdictFields,
} from './field-words.ts';

/** What reports say of a task, in the order in which it is shown. */
export type Said = Pick<ChecklistItem, 'findings' | 'details' | 'dependencies' | 'files'>;

/** Reads what reports say of a task; what they say of its review counts until it is judged. */
export function saidOf(
  task: Pick<TaskView, 'type' | 'context'>,
  { isJudged }: { readonly isJudged: boolean },
): Said {
  const { type, context } = task;
  return {
    findings: textsIn(
      task,
      type === 'review' ? [...verdictFields, ...findingFields] : findingFields,
    ),
    details: textsIn(task, [
      ...deployedFields.map((field) => ({ field })),
      ...(type === 'deployment' ? deploymentFields : []),
      ...testFields,
      ...documentationFields,
      ...(isJudged ? [] : reviewFields),
    ]),
    dependencies: [...entriesOfAll(context, dependencyFields)],
    files: {
      created: [...entriesOfAll(context, createdFields)],
      modified: [...entriesOfAll(context, modifiedFields)],
      relevant: [...entriesOfAll(context, relevantFields)],
    },
  };
}

/** Reads these fields of a task's context, each text with its field. */
export function textsIn(
  { context }: Pick<TaskView, 'context'>,
  fields: readonly { readonly field: string }[],
) {
  return fields.flatMap(({ field }) => entriesOf(context, field).map((text) => ({ field, text })));
}
