import * as z from 'zod/mini';
import type { TaskType } from '../task/task.ts';

const text = z.optional(z.string());
/** One sentence, a list of them, or a document of the agent's own shape. */
const details = z.optional(
  z.union([z.string(), z.array(z.unknown()), z.record(z.string(), z.unknown())]),
);
const texts = z.optional(z.array(z.string()));

/** What was built or deployed: the summary of a whole plan is made of these. */
const result = {
  built: details,
  deployed_to: z.optional(z.union([z.string(), z.array(z.string())])),
};
const tests = {
  tests_created: texts,
  tests: details,
  coverage: z.optional(z.union([z.string(), z.number()])),
};
const documents = { docs_created: texts, documentation: details };
const findings = { findings: details, relevant_files: texts };

/** What the context of each task type includes beyond what every report may say. */
export const reportFields: Readonly<Record<TaskType, Readonly<Record<string, z.ZodMiniType>>>> = {
  implementation: { ...result, ...tests, ...documents, review_status: text },
  research: { ...findings, key_information: details },
  review: { fixes_applied: details },
  testing: { ...tests },
  deployment: { ...result, deployment_steps: details, environment: details, verification: details },
  documentation: { ...documents, format: text, location: text },
  bugfix: { ...result, ...tests, bug_description: text, root_cause: text, fix_applied: text },
  analysis: { ...findings, analysis_results: details, options: details, recommendations: details },
};
