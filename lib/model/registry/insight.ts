import { limits } from '../limits.ts';
import type { Report } from '../report/report.ts';
import type { RunRole } from '../run/run.ts';
import { isVisible } from '../visible.ts';

export const registryNouns = ['client', 'project', 'infrastructure'] as const;
export type RegistryNoun = (typeof registryNouns)[number];

/** Whom or what an insight is about. */
export interface InsightTarget {
  readonly about: RegistryNoun;
  readonly targetId: string;
}

/** A lasting fact about a client, a project or infrastructure. */
export interface Insight extends InsightTarget {
  readonly id: string;
  readonly body: string;
  /** The task where it was learnt. */
  readonly taskId: string | null;
  readonly runId: string | null;
  readonly archivedAt: string | null;
  readonly createdAt: string;
  readonly createdBy: string;
  readonly updatedAt: string;
  readonly revision: string;
}

/** A fact in a report, with its target where the report names one. */
export interface ReportedFact {
  readonly text: string;
  readonly about?: RegistryNoun | undefined;
  readonly subject?: string | undefined;
}

/**
 * Lists the lasting facts of a report: its insights, the issues that the worker met, and its
 * blockers; not more than is read again. The issues of a review do not last, because the next work
 * mends them.
 */
export function reportedFacts(report: Report, role: RunRole): readonly ReportedFact[] {
  const { insights = [], issues_found: issues = [], blockers = [] } = report;
  const facts: readonly ReportedFact[] = [
    ...insights.map((insight) => (typeof insight === 'string' ? { text: insight } : insight)),
    ...(role === 'review' ? [] : issues.map((issue) => ({ text: issueText(issue) }))),
    ...blockers.map((text) => ({ text })),
  ];
  return facts
    .map((fact) => ({ ...fact, text: tidy(fact.text) }))
    .filter(({ text }) => isVisible(text))
    .slice(0, limits.reportItems);
}

const issueKeys = ['description', 'issue', 'message', 'text', 'title'];

function issueText(issue: string | Readonly<Record<string, unknown>>): string {
  if (typeof issue === 'string') return issue;
  const text = issueKeys.map((key) => issue[key]).find((value) => typeof value === 'string');
  const file = typeof issue.file === 'string' ? ` (${issue.file})` : '';
  return typeof text === 'string' ? `${text}${file}` : JSON.stringify(issue);
}

/** Trims a text and takes out NUL, within the limit of a note. */
export function tidy(text: string): string {
  const clean = text.replaceAll('\0', '').trim();
  return clean.length <= limits.note ? clean : [...clean].slice(0, limits.note).join('');
}
