import { type AskedField, type CommonField, findField } from './fields.ts';

/** What the reports of some task types may have, as the agent who writes them is told. */
const descriptions: Readonly<Record<Exclude<AskedField, CommonField>, string>> = {
  findings: 'what you found: a sentence each, with the place',
  key_information: 'what whoever works on it next must know',
  analysis_results: 'what the analysis came to, a sentence each',
  root_cause: 'why it happened, in a sentence',
  options: 'the ways to go, each with what speaks for and against it',
  approach: 'the way that was chosen, a sentence each',
  recommendations: 'what you would do, a sentence each',
  fix_applied: 'what you changed so that it does not happen again',
  fixes_applied: 'what you mended yourself while reviewing',
  relevant_files: 'paths of files that matter and were not changed',
  built: 'what was built, for whoever asked for it; code in fences',
  deployed_to: 'where it runs now',
  deployment_steps: 'what was done to deploy it, in order',
  tests: 'what was tested and how it came out',
  tests_created: 'paths or names of the tests you wrote',
  coverage: 'how much the tests cover: 87 %',
  verification: 'how you saw that it works',
  documentation: 'what is documented, and what it says',
  docs_created: 'paths of the documents you wrote',
  location: 'where the document lies',
  format: 'its format: Markdown',
  review_status: 'whether anybody reviewed it, and what is open',
  bug_description: 'what went wrong, as one sees it',
  environment: 'where it runs: system, versions',
};

/** Describes what a report may have in a field; undefined where docket does not ask for it. */
export function describeField(name: string): string | undefined {
  const known = new Map<string, string>(Object.entries(descriptions));
  return findField(name).help ?? known.get(name);
}
