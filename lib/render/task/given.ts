import { askForReport } from '../../model/report/ask.ts';
import type { RunRole } from '../../model/run/run.ts';
import { renderKey } from '../text/key.ts';
import { safeLine } from '../text/safe-text.ts';
import { type Claimed, renderTold } from './hand-over.ts';

/** The characters of what is told of the task; `docket show` tells the rest. */
const longest = 2_500;

/**
 * Tells an agent that its session starts the task that it is given, and how it reports. It stands at
 * the end of the agent's prompt.
 */
export function renderGiven(given: Claimed, role: RunRole): string {
  const { task, handOver } = given;
  const key = renderKey(task.key);
  return [
    `You are given the task ${key} (${task.type}): ${safeLine(task.title, 500)}`,
    ...cut(renderTold(given), key),
    '',
    'The session that started you keeps the task list: create, claim and close no tasks.',
    `You may look (docket show ${key}) and tell how it goes: docket note ${key} 'what you found'.`,
    askForReport(handOver.reportFields),
    ...(role === 'review'
      ? [
          'You judge the work: approval is "approved" or "rejected", with each problem in issues_found.',
        ]
      : []),
  ].join('\n');
}

function cut(lines: readonly string[], key: string): readonly string[] {
  const shown: string[] = [];
  let left = longest;
  for (const line of lines) {
    left -= line.length + 1;
    if (left < 0)
      return [...shown, `+${lines.length - shown.length} more lines: docket show ${key}`];
    shown.push(line);
  }
  return shown;
}
