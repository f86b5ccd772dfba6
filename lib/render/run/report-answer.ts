import type { ReportAnswer, ReportNext } from '../../model/answers/run.ts';
import { renderTaskAnswer } from '../task/answer.ts';
import { renderKey } from '../text/key.ts';
import { safeLine } from '../text/safe-text.ts';

const verbs: Readonly<Record<ReportNext, string>> = {
  done: 'Completed',
  review: 'Reported',
  rework: 'Sent back',
  retry: 'Failed; free to be tried again:',
  blocked: 'Blocked',
  escalated: 'Blocked, for a person to look at:',
};

/** Tells what a report did to its task, and what to do now. */
export function renderReportAnswer(answer: ReportAnswer): string {
  const { task, next, nextRun, insightsLost } = answer;
  const key = renderKey(task.key);
  // A review that is a step of its own stays where it is: what it judged is sent back.
  const isJudged = next === 'rework' && nextRun === null;
  const lines = [renderTaskAnswer(isJudged ? 'Rejected by' : verbs[next], answer)];
  if (task.blockedReason !== null) lines.push(`Reason: ${safeLine(task.blockedReason, 400)}`);
  if (next === 'review') {
    lines.push(
      `Next: its review by ${safeLine(nextRun?.agent ?? '', 100)}. Then: docket report ${key}`,
    );
  }
  if (next === 'rework') lines.push(reworkLine(answer));
  if (insightsLost > 0) lines.push(lostLine(insightsLost, key));
  return lines.join('\n');
}

/** Says whether the same claim goes on, or the task that was judged is open again. */
function reworkLine({ task, nextRun, sentBack }: ReportAnswer): string {
  if (nextRun === null) {
    const work = sentBack.map(({ key, title }) => `${renderKey(key)} ${safeLine(title, 80)}`);
    return `Open again, with the issues found: ${work.join('; ') || 'nothing that was done'}`;
  }
  const who = safeLine(nextRun.agent, 100);
  return `Next: ${who} mends the issues found. Then: docket report ${renderKey(task.key)}`;
}

/** Says that insights are lost where the task has no client, project or infrastructure. */
function lostLine(lost: number, key: string): string {
  const facts = lost === 1 ? '1 insight is' : `${lost} insights are`;
  return `${facts} not kept: ${key} has no client, project or infrastructure. See docket insight add --help`;
}
