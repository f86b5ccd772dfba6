import { DocketError } from '../../lib/model/errors.ts';
import { reportHelp } from '../../lib/model/report/fields.ts';
import { renderReportAnswer } from '../../lib/render/run/report-answer.ts';
import { recordReport } from '../../lib/tracker/agents/report.ts';
import { defineCommand } from '../command.ts';
import { withScope } from '../open-scope.ts';
import { policyOfProject } from '../project-settings.ts';
import { readTextOrStdin } from '../terminal/read-text.ts';

export const command = defineCommand({
  summary: "Record an agent's report on a task you claimed",
  usage: 'KEY [REPORT]',
  args: { min: 1, max: 2 },
  flags: {},
  document: {
    title: 'A report is a JSON object; fields that are not listed are kept',
    fields: reportHelp,
  },
  examples: [
    `docket report web-k3f9 '{"status":"completed","outcome":"Login works","files_modified":["auth.ts"]}'`,
    `docket report web-k3f9 '{"status":"completed","approval":"rejected","issues_found":["No tests"]}'`,
    `docket report web-k3f9 '{"status":"blocked","blockers":["Needs the staging password"]}'`,
    'docket report web-k3f9 < report.json',
  ],
  async run({ args: [key = '', argument], flags, io }) {
    const report = parseJson(readTextOrStdin(argument, { io, what: 'report' }));
    return withScope({ flags, io }, async ({ scope, context }) => {
      const data = await recordReport(scope, key, report, { policy: policyOfProject(context) });
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
