// Without zod: closing a task merges contexts, and hooks share that code.
import type { TaskType } from '../task/task.ts';

/** What a report may give in a field; `report.ts` has the schema of each. */
export type FieldType =
  | 'status'
  | 'outcome'
  | 'text'
  | 'texts'
  | 'textOrTexts'
  | 'measure'
  | 'flag'
  | 'minutes'
  | 'verdict'
  | 'details'
  | 'entries'
  | 'insights'
  | 'titles';

/** The part of a checklist that shows a field. */
export type ChecklistPart =
  | 'finding'
  | 'verdict'
  | 'created'
  | 'modified'
  | 'relevant'
  | 'dependency'
  | 'deployed'
  | 'deployment'
  | 'review'
  | 'built'
  | 'testing'
  | 'documentation';

/** A field of an agent's report, and so of a task's context. */
export interface ContextField {
  /** Reports are asked for fields with a type; the other names are only known. */
  readonly type?: FieldType;
  /** Describes a field that every report is asked for, for `docket report --help`. */
  readonly help?: string;
  /** Agents say a field unless it says otherwise. What people say, a report does not rewrite. */
  readonly saidBy?: 'people' | 'anyone';
  /**
   * How a report changes the context: lists grow and the rest is replaced, unless the newest list
   * alone counts, or the field has a column, a table or another name of its own.
   */
  readonly merge?: 'newest' | 'elsewhere';
  /** A container's list is that of its subtasks, which is added to its own or replaces it. */
  readonly rollUp?: 'add' | 'replace';
  /** Whether an agent is told it as a result of earlier work. */
  readonly isResult?: true;
  readonly part?: ChecklistPart;
  /** Stand before the text in a checklist; a field without words speaks for itself. */
  readonly words?: string;
  /** Stands behind a number that says none. */
  readonly unit?: string;
}

const people = { saidBy: 'people' } as const;

/**
 * Every field that docket knows, once. The order is that of schemas, help, checklists and prompts.
 * Reports are free, so several names can have one meaning.
 */
export const fields = {
  status: {
    type: 'status',
    merge: 'elsewhere',
    help: 'completed, blocked, failed or needs_review; the only one that it must have',
  },
  outcome: { type: 'outcome', merge: 'elsewhere', help: 'what came of it, in a sentence or two' },
  files_created: {
    type: 'texts',
    help: 'a list of paths',
    rollUp: 'add',
    isResult: true,
    part: 'created',
  },
  files_modified: {
    type: 'texts',
    help: 'a list of paths',
    rollUp: 'add',
    isResult: true,
    part: 'modified',
  },
  dependencies_added: {
    type: 'texts',
    help: 'a list of names with versions',
    rollUp: 'replace',
    part: 'dependency',
  },
  blockers: {
    type: 'texts',
    merge: 'elsewhere',
    help: 'a list of what it takes to go on, when it is blocked',
  },
  blockers_encountered: { rollUp: 'replace' },

  /** What came of work before its review sent it back: a later report tells of what it mended. */
  earlier_outcomes: {
    merge: 'elsewhere',
    isResult: true,
    part: 'finding',
    words: 'Before its review',
  },
  findings: { type: 'details', isResult: true, part: 'finding', words: 'Found' },
  key_information: { type: 'details', isResult: true, part: 'finding', words: 'Found' },
  analysis_results: { type: 'details', isResult: true, part: 'finding', words: 'Found' },
  bug_description: { type: 'text', part: 'finding', words: 'Bug' },
  root_cause: { type: 'text', isResult: true, part: 'finding', words: 'Cause' },
  options: { type: 'details', isResult: true, part: 'finding', words: 'Option' },
  options_identified: { part: 'finding', words: 'Option' },
  approach: { type: 'details', isResult: true, part: 'finding', words: 'Approach' },
  recommendations: { type: 'details', isResult: true, part: 'finding', words: 'Recommended' },
  issues_found: {
    type: 'entries',
    merge: 'newest',
    help: 'a list of texts or objects',
    part: 'finding',
    words: 'Issue found',
  },
  fix_applied: { type: 'text', part: 'finding', words: 'Fixed' },
  fixes_applied: { type: 'details', part: 'finding', words: 'Fixed' },

  approval: {
    type: 'verdict',
    help: 'approved or rejected, when a review is completed',
    part: 'verdict',
    words: 'Verdict',
  },
  production_ready: { type: 'flag', help: 'true or false' },
  billable_minutes: {
    type: 'minutes',
    merge: 'elsewhere',
    help: "minutes that you propose to bill; the client's rule, or a person, decides",
  },
  insights: {
    type: 'insights',
    merge: 'elsewhere',
    help: 'a list of lasting facts: texts, or {text, about, subject}',
  },
  follow_ups: {
    type: 'titles',
    merge: 'elsewhere',
    help: 'a list of titles of tasks that are left to do',
  },
  unreadable_report: { merge: 'elsewhere' },

  relevant_files: { type: 'texts', isResult: true, part: 'relevant' },
  built: { type: 'details', isResult: true, part: 'built' },
  what_was_built: { part: 'built' },
  deployed_to: { type: 'textOrTexts', isResult: true, part: 'deployed' },
  deployment_target: { isResult: true, part: 'deployed' },
  deployment_steps: { type: 'details', isResult: true, part: 'deployment', words: 'Step' },
  tests: { type: 'details', part: 'testing' },
  test_results: { part: 'testing' },
  tests_created: { type: 'texts', part: 'testing', words: 'Tests created' },
  pass_fail_status: { part: 'testing', words: 'Result' },
  coverage: { type: 'measure', part: 'testing', words: 'Coverage', unit: '%' },
  verification: { type: 'details', part: 'testing', words: 'Verified' },
  documentation: { type: 'details', part: 'documentation' },
  docs_created: { type: 'texts', isResult: true, part: 'documentation' },
  location: { type: 'text', part: 'documentation', words: 'Where' },
  format: { type: 'text', part: 'documentation', words: 'Format' },
  review_status: { type: 'text', part: 'review', words: 'Review' },

  user_request: people,
  reason: people,
  problem: people,
  impact: people,
  requirements: people,
  constraints: people,
  environment: { type: 'details', saidBy: 'anyone', part: 'deployment', words: 'Environment' },
  feature_spec: people,
  repository: people,
  any_order: people,
  category: {},
  technologies: {},
  affected_systems: {},
  subtasks_completed: {},
} as const satisfies Readonly<Record<string, ContextField>>;

type Fields = typeof fields;

/** A field that some report is asked for. */
export type AskedField = {
  [Name in keyof Fields]: Fields[Name] extends { type: FieldType } ? Name : never;
}[keyof Fields];

/** A field that every report is asked for. */
export type CommonField = {
  [Name in keyof Fields]: Fields[Name] extends { help: string } ? Name : never;
}[keyof Fields];

const result = ['built', 'deployed_to'] as const;
const tests = ['tests_created', 'tests', 'coverage'] as const;
const documents = ['docs_created', 'documentation'] as const;
const findings = ['findings', 'relevant_files'] as const;

/** The fields that reports on a task type are asked for beyond the common ones. */
export const fieldsOfType: Readonly<Record<TaskType, readonly AskedField[]>> = {
  implementation: [...result, ...tests, ...documents, 'review_status'],
  research: [...findings, 'key_information'],
  review: ['fixes_applied'],
  testing: [...tests],
  deployment: [...result, 'deployment_steps', 'environment', 'verification'],
  documentation: [...documents, 'format', 'location'],
  bugfix: [...result, ...tests, 'bug_description', 'root_cause', 'fix_applied'],
  analysis: [...findings, 'analysis_results', 'options', 'approach', 'recommendations'],
};

const all: readonly (readonly [string, ContextField])[] = Object.entries(fields);

/** Lists the names of the fields that pass a test, in order. */
export function fieldsWhere(test: (field: ContextField) => boolean): readonly string[] {
  return all.filter(([, field]) => test(field)).map(([name]) => name);
}

/** Finds what docket knows of a field; a report may have others. */
export function findField(name: string): ContextField {
  return Object.hasOwn(fields, name) ? fields[name as keyof Fields] : {};
}

export const commonFields = fieldsWhere(({ help }) => help !== undefined) as readonly CommonField[];

/** Describes the common fields by name. */
export const reportHelp: Readonly<Record<string, string>> = Object.fromEntries(
  all.flatMap(([name, { help }]) => (help === undefined ? [] : [[name, help]])),
);
