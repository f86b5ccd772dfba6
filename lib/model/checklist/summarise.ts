import type { CompletionSummary } from '../answers/checklist.ts';
import type { TaskView } from '../answers/task.ts';
import { type TaskTree, tasksBelow } from '../answers/tree.ts';
import { billedTime, partsOf, type WorkedTask } from '../billing/minutes.ts';
import { findByWord } from '../known-word.ts';
import { defaultMinutesRule } from '../registry/minutes-rule.ts';
import { minutesOf } from '../run/run.ts';
import type { TaskType } from '../task/task.ts';
import { entriesOf, entriesOfAll } from './context-entries.ts';
import {
  bugFields,
  builtFields,
  createdFields,
  dependencyFields,
  deployedFields,
  deploymentFields,
  documentationFields,
  knownFields,
  type LabelledField,
  modifiedFields,
  testFields,
} from './field-words.ts';
import { isJudged, type RunFacts } from './run-facts.ts';

type FactsByKey = ReadonlyMap<string, RunFacts>;

const fieldName = /^[a-z][a-z0-9_]{0,39}$/;

/** The longest fact in code points; longer values are text. */
const longestFact = 120;

type Section = 'built' | 'testing' | 'documentation';

/** The section that tells the outcome of a step by its type, where no field does; null for none. */
const sectionOf: Readonly<Record<TaskType, Section | null>> = {
  implementation: 'built',
  bugfix: 'built',
  testing: 'testing',
  documentation: 'documentation',
  research: null,
  analysis: null,
  review: null,
  deployment: null,
};

/** Gathers the results of a task from its own context and its subtasks' reports. */
export function summarise(
  tree: TaskTree,
  {
    minutes,
    billedMinutes,
    runFacts,
  }: {
    readonly minutes: number | null;
    readonly billedMinutes: number | null;
    readonly runFacts: FactsByKey;
  },
): CompletionSummary {
  const { task } = tree;
  const all = [task, ...tasksBelow(tree)];
  const files = (fields: readonly string[]) => [
    ...new Set(all.flatMap(({ context }) => entriesOfAll(context, fields))),
  ];
  const filesCreated = files(createdFields);
  const done = all.filter(({ status, key }) => status === 'completed' || key === task.key);
  return {
    outcome: task.outcome,
    minutes,
    billable: task.billable,
    billableMinutes: task.billable
      ? (billedMinutes ??
        minutesOf(billedTime(partsOf(workOf(tree, runFacts), defaultMinutesRule))))
      : null,
    filesCreated,
    filesModified: files(modifiedFields).filter((file) => !filesCreated.includes(file)),
    dependenciesAdded: files(dependencyFields),
    deployedTo: files(deployedFields),
    productionReady: isProductionReady(done),
    facts: [
      ...factsOf(done.filter(({ type, key }) => type === 'deployment' || key === task.key)),
      ...reviewFacts(done.filter(({ key }) => !isJudged(runFacts.get(key)))),
    ],
    built: textsOf(done, builtFields, { instead: 'built', task }),
    fixed: labelledTexts(
      done.filter(({ type }) => type === 'bugfix'),
      bugFields,
    ),
    deployment: labelledTexts(
      done.filter(({ type }) => type === 'deployment'),
      deploymentFields,
    ),
    testing: textsOf(done, testFields, { instead: 'testing', task }),
    documentation: textsOf(done, documentationFields, { instead: 'documentation', task }),
  };
}

const noRun = { proposedMinutes: null, clock: null, agent: '', actor: '' } as const;

function workOf({ task, subtasks }: TaskTree, runFacts: FactsByKey): WorkedTask {
  return {
    billable: task.billable,
    billableMinutes: task.billableMinutes,
    billableMinutesBy: task.billableMinutesBy,
    runs: [{ ...noRun, activeMs: runFacts.get(task.key)?.activeMs ?? 0 }],
    subtasks: subtasks.map((tree) => workOf(tree, runFacts)),
  };
}

/** Tells whether every task that has an answer says yes; null without answers. */
function isProductionReady(tasks: readonly TaskView[]): boolean | null {
  const answers = tasks
    .map(({ context }) => context.production_ready)
    .filter((value) => typeof value === 'boolean');
  return answers.length === 0 ? null : answers.every(Boolean);
}

/** Lists short values that an author put beside the fields that docket knows. */
function factsOf(tasks: readonly TaskView[]): CompletionSummary['facts'] {
  const facts = new Map<string, string>();
  for (const { context } of tasks) {
    for (const [name, value] of Object.entries(context)) {
      if (!fieldName.test(name) || knownFields.has(name) || typeof value === 'object') continue;
      const text = String(value);
      if (isShort(text)) facts.set(name, text);
    }
  }
  return [...facts].map(([name, value]) => ({ name, value }));
}

/** Says what those who did unjudged work say of its review. */
function reviewFacts(unjudged: readonly TaskView[]): CompletionSummary['facts'] {
  const texts = unjudged.flatMap(({ context }) => entriesOf(context, 'review_status'));
  const value = [...new Set(texts)].join('; ');
  return isShort(value) ? [{ name: 'review_status', value }] : [];
}

function isShort(text: string): boolean {
  return text.trim() !== '' && text.length <= longestFact;
}

/** Reads these fields, or, where none has text, the outcomes of the steps that this section tells. */
function textsOf(
  done: readonly TaskView[],
  fields: readonly LabelledField[],
  { instead, task }: { instead: Section; task: TaskView },
): string[] {
  const texts = labelledTexts(done, fields);
  if (texts.length > 0) return texts;
  return done.flatMap(({ type, key, outcome, context }) =>
    findByWord(sectionOf, type) === instead && key !== task.key && outcome?.trim()
      ? [...entriesOf(context, 'earlier_outcomes'), outcome]
      : [],
  );
}

/** Reads these fields with the words that say what they are, each text once. */
function labelledTexts(tasks: readonly TaskView[], fields: readonly LabelledField[]): string[] {
  const texts = tasks.flatMap(({ context }) =>
    fields.flatMap(({ field, label }) =>
      entriesOf(context, field).map((text) => (label === undefined ? text : `${label}: ${text}`)),
    ),
  );
  return [...new Set(texts)];
}
