import { findByWord } from '../known-word.ts';
import { findField } from '../report/fields.ts';

/** Words for fields that speak for themselves under the heading of a summary. */
const plainWords: Readonly<Record<string, string>> = {
  built: 'Built',
  what_was_built: 'Built',
  relevant_files: 'File',
  deployed_to: 'Deployed to',
  deployment_target: 'Deployed to',
  tests: 'Tested',
  test_results: 'Tested',
  documentation: 'Documented',
  docs_created: 'Document',
};

/** Gives the words that stand before the text of a report's field. */
export function labelOf(field: string): string {
  return findByWord(plainWords, field) ?? findField(field).words ?? 'Found';
}

/**
 * Puts a field's label before its text: `Cause: the clock`. A text that begins with the label, a
 * word of it or the field's name says that no second time.
 *
 * @param when stands behind the label: ` in round 1`.
 */
export function labelled(field: string, text: string, when = ''): string {
  const label = labelOf(field);
  return `${label}${when}: ${withoutLead(text, [label, ...label.split(' '), field])}`;
}

/** Takes words and their colon off the beginning of a text. */
export function withoutLead(text: string, leads: readonly string[]): string {
  const end = text.slice(0, 40).indexOf(':');
  const rest = text.slice(end + 1).trim();
  if (end < 1 || rest === '') return text;
  const lead = plain(text.slice(0, end));
  return leads.some((each) => plain(each) === lead) ? rest : text;
}

function plain(words: string): string {
  return words.replaceAll('_', ' ').trim().toLowerCase();
}
