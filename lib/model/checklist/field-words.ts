/**
 * Which field of a task's context, and so of an agent's report, a checklist shows where and by what
 * word. The one place that names them: reports are free, so each meaning lists the names it goes by.
 */

/** A field and the word that stands before its text; a field without one speaks for itself. */
export interface ReportField {
  readonly field: string;
  readonly label?: string;
}

/** What a step found out or settled, in the order in which it is shown. */
export const findingFields: readonly Required<ReportField>[] = [
  { field: 'findings', label: 'Found' },
  { field: 'key_information', label: 'Found' },
  { field: 'analysis_results', label: 'Found' },
  { field: 'root_cause', label: 'Cause' },
  { field: 'options', label: 'Option' },
  { field: 'options_identified', label: 'Option' },
  { field: 'approach', label: 'Approach' },
  { field: 'recommendations', label: 'Recommended' },
  { field: 'issues_found', label: 'Issue found' },
  { field: 'fix_applied', label: 'Fixed' },
  { field: 'fixes_applied', label: 'Fixed' },
];

/** How a review judged; told of the review step, as the work itself says who approved it. */
export const verdictField: Required<ReportField> = { field: 'approval', label: 'Verdict' };

export const createdFields = ['files_created'];
export const modifiedFields = ['files_modified'];
export const relevantFields = ['relevant_files'];
export const dependencyFields = ['dependencies_added'];
export const deployedFields = ['deployed_to', 'deployment_target'];

export const builtFields: readonly ReportField[] = [
  { field: 'built' },
  { field: 'what_was_built' },
];

export const testFields: readonly ReportField[] = [
  { field: 'tests' },
  { field: 'test_results' },
  { field: 'tests_created', label: 'Created' },
  { field: 'pass_fail_status', label: 'Result' },
  { field: 'coverage', label: 'Coverage' },
  { field: 'verification', label: 'Verified' },
];

export const documentationFields: readonly ReportField[] = [
  { field: 'documentation' },
  { field: 'docs_created' },
  { field: 'location', label: 'Where' },
  { field: 'format', label: 'Format' },
];

/** Fields that docket knows and that are no short fact for a summary: they are shown elsewhere. */
const otherKnownFields = [
  ...['user_request', 'reason', 'problem', 'impact', 'environment', 'requirements', 'constraints'],
  ...['feature_spec', 'repository', 'client', 'client_id', 'project', 'project_id', 'mode'],
  ...['infrastructure', 'infrastructure_ids', 'category', 'affected_systems', 'technologies'],
  ...['status', 'outcome', 'approval', 'blockers', 'blockers_encountered', 'insights', 'error'],
  ...['assigned_agent', 'assigned_agents', 'production_ready', 'subtasks_completed', 'notes'],
  ...['billable', 'billable_minutes', 'minutes', 'total_minutes', 'total_time', 'unreadable'],
  ...['bug_description', 'deployment_steps', 'review_status', 'follow_ups'],
  // These would read as a summary's own lines.
  ...['tasks_completed', 'tasks_cancelled', 'dependencies', 'files', 'title', 'overall_status'],
];

export const knownFields: ReadonlySet<string> = new Set([
  ...createdFields,
  ...modifiedFields,
  ...relevantFields,
  ...dependencyFields,
  ...deployedFields,
  ...[...findingFields, ...builtFields, ...testFields, ...documentationFields].map(
    ({ field }) => field,
  ),
  ...otherKnownFields,
]);
