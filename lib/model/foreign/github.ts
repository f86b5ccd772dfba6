import {
  type Fields,
  type ForeignList,
  type ForeignTask,
  isFields,
  listOf,
  priorityOf,
  textOf,
  timeOf,
  typeOf,
  without,
} from './foreign-task.ts';
import { parseDocument, wrongDocument } from './parse-document.ts';

const placed = [
  ...['number', 'title', 'body', 'state', 'labels', 'createdAt', 'created_at', 'closedAt'],
  ...['closed_at', 'comments', 'parent', 'subIssues', 'blockedBy', 'stateReason', 'state_reason'],
];

/**
 * Reads a list of issues, as `gh issue list --json ...` and GitHub's own API give it.
 *
 * @throws DocketError `invalid_input`
 */
export function readGithub(text: string): ForeignList {
  const document = parseDocument(text);
  const list = isFields(document) ? [document] : document;
  if (!Array.isArray(list)) throw wrongDocument('has no list of issues');
  const issues = list.filter(isFields).filter(({ number }) => textOf(number) !== undefined);
  if (issues.length < list.length) throw wrongDocument('has issues without a number');
  const pulls = issues.filter((issue) => 'pull_request' in issue).length;
  const parents = new Map<string, string>();
  for (const { number, subIssues } of issues) {
    for (const sub of nodesOf(subIssues)) parents.set(numberOf(sub), numberOf({ number }));
  }
  return {
    tasks: issues
      .filter((issue) => !('pull_request' in issue))
      .map((issue) => toTask(issue, parents.get(numberOf(issue)))),
    remarks: pulls > 0 ? [`${pulls} pull requests were left out`] : [],
  };
}

function toTask(issue: Fields, above: string | undefined): ForeignTask {
  const labels = listOf(issue.labels)
    .map((label) => textOf(isFields(label) ? label.name : label))
    .filter((label) => label !== undefined);
  const isClosed = textOf(issue.state)?.toLowerCase() === 'closed';
  const reason = textOf(issue.stateReason ?? issue.state_reason)?.toLowerCase();
  const parent = isFields(issue.parent) ? numberOf(issue.parent) : above;
  const end = reason === 'not_planned' || reason === 'duplicate' ? 'cancelled' : 'completed';
  return {
    id: numberOf(issue),
    title: textOf(issue.title) ?? `#${numberOf(issue)}`,
    description: textOf(issue.body),
    status: isClosed ? end : 'pending',
    type: labels.map(typeOf).find((type) => type !== undefined),
    priority: labels
      .map((label) => priorityOf(label.replace(/^(priority|prio)\s*[:/-]\s*/i, '')))
      .find((priority) => priority !== undefined),
    labels,
    createdAt: timeOf(issue.createdAt ?? issue.created_at),
    completedAt: timeOf(issue.closedAt ?? issue.closed_at),
    parent,
    links: nodesOf(issue.blockedBy).map((one) => ({ to: numberOf(one), type: 'blocks' as const })),
    notes: listOf(issue.comments)
      .filter(isFields)
      .map((comment) => ({
        text: textOf(comment.body) ?? '',
        author: isFields(comment.author) ? textOf(comment.author.login) : undefined,
        at: timeOf(comment.createdAt),
      })),
    rest: {
      ...without(issue, placed),
      state: issue.state,
      ...(reason === undefined ? {} : { stateReason: issue.stateReason ?? issue.state_reason }),
    },
  };
}

function numberOf({ number }: Fields): string {
  return textOf(number) ?? '';
}

/** Gives the issues of a field, which is a list or a page of one. */
function nodesOf(value: unknown): readonly Fields[] {
  return listOf(isFields(value) ? value.nodes : value).filter(isFields);
}
