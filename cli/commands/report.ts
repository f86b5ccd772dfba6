import { policyOfProject } from '../../lib/access/mode.ts';
import { DocketError } from '../../lib/model/errors.ts';
import { renderReportAnswer } from '../../lib/render/run/report-answer.ts';
import { recordReport } from '../../lib/tracker/agents/report.ts';
import { defineCommand } from '../command/command.ts';
import { withScope } from '../command/with-scope.ts';
import { readTextOrStdin } from '../terminal/read-text.ts';

export const command = defineCommand({
  summary: "Record an agent's report on a task you claimed",
  usage: 'KEY [REPORT]',
  args: { min: 1, max: 2 },
  flags: {},
  document: {
    title: 'A report is a JSON object; fields that are not listed are kept',
    fields: {
      status: 'completed, blocked, failed or needs_review; the only one that it must have',
      outcome: 'what came of it, in a sentence or two',
      files_created: 'a list of paths',
      files_modified: 'a list of paths',
      dependencies_added: 'a list of names with versions',
      blockers: 'a list of what it takes to go on, when it is blocked',
      issues_found: 'a list of texts or objects',
      approval: 'approved or rejected, when a review is completed',
      production_ready: 'true or false',
      billable_minutes: 'takes the place of the time that was measured',
      insights: 'a list of lasting facts: texts, or {text, about, subject}',
      follow_ups: 'a list of titles of tasks that are left to do',
    },
  },
  examples: [
    `docket report web-k3f9 '{"status":"completed","outcome":"Login works","files_modified":["auth.ts"]}'`,
    `docket report web-k3f9 '{"status":"completed","approval":"rejected","issues_found":["No tests"]}'`,
    `docket report web-k3f9 '{"status":"blocked","blockers":["Needs the staging password"]}'`,
    'docket report web-k3f9 < report.json',
  ],
  async run({ args: [key = '', argument], flags, io }) {
    const report = parseJson(readTextOrStdin(argument, { io, what: 'report' }));
    return withScope({ flags, io }, async (list) => {
      const data = await recordReport(list.scope, key, report, { policy: policyOfProject(list) });
      return { data, text: renderReportAnswer(data) };
    });
  },
});

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new DocketError('invalid_input', `report: not valid JSON: ${message}`, {
      hint: 'docket report --help shows an example',
    });
  }
}
