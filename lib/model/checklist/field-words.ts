import { type ChecklistPart, fieldsWhere, findField } from '../report/fields.ts';

/** A field and the words that stand before its text; a field without words speaks for itself. */
export interface LabelledField {
  readonly field: string;
  readonly label: string | undefined;
}

function namesIn(part: ChecklistPart): readonly string[] {
  return fieldsWhere((field) => field.part === part);
}

function fieldsIn(part: ChecklistPart): readonly LabelledField[] {
  return namesIn(part).map((field) => ({ field, label: findField(field).words }));
}

/** Findings and decisions of a step, in the order in which they are shown. */
export const findingFields = fieldsIn('finding');
/** What was wrong, why, and what mends it. */
export const bugFields = findingFields.filter(({ field }) =>
  ['bug_description', 'root_cause', 'fix_applied', 'fixes_applied'].includes(field),
);
/** A review's verdict. Only the review step shows it: the work itself says who approved it. */
export const verdictFields = fieldsIn('verdict');

export const createdFields = namesIn('created');
export const modifiedFields = namesIn('modified');
export const relevantFields = namesIn('relevant');
export const dependencyFields = namesIn('dependency');
export const deployedFields = namesIn('deployed');
export const builtFields = fieldsIn('built');
export const deploymentFields = fieldsIn('deployment');
/** What the one who did it says of its review: it counts until somebody has judged it. */
export const reviewFields = fieldsIn('review');
export const testFields = fieldsIn('testing');
export const documentationFields = fieldsIn('documentation');

/** Names that have a column or a table: a context that repeats one adds no fact. */
const storedElsewhere = [
  ...['client', 'client_id', 'project', 'project_id', 'mode', 'infrastructure'],
  ...['infrastructure_ids', 'assigned_agent', 'assigned_agents', 'notes', 'billable', 'error'],
  ...['minutes', 'total_minutes', 'total_time', 'unreadable'],
];

/** Names that would read as lines of the summary itself. */
const linesOfSummary = [
  ...['tasks_completed', 'tasks_cancelled', 'dependencies', 'files', 'title', 'overall_status'],
];

/** Fields that are no loose facts for a summary. */
export const knownFields: ReadonlySet<string> = new Set([
  ...fieldsWhere(() => true),
  ...storedElsewhere,
  ...linesOfSummary,
]);
