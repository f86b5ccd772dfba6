import { DocketError } from '../../lib/model/errors.ts';
import { fieldsOfType, reportHelp } from '../../lib/model/report/fields.ts';
import type { Report } from '../../lib/model/report/report.ts';
import { tidyReport } from '../../lib/model/report/tidy.ts';
import { report } from '../../lib/operations/report.ts';
import { renderReportAnswer } from '../../lib/render/run/report-answer.ts';
import { operationCommand } from '../command/operation-command.ts';
import { readTextOrStdin } from '../terminal/read-text.ts';

export const command = operationCommand({
  operation: report,
  usage: 'KEY [REPORT]',
  args: { min: 1, max: 2 },
  flags: {},
  document: {
    title: 'A report is a JSON object; fields that are not listed are kept',
    fields: reportHelp,
    byType: fieldsOfType,
  },
  examples: [
    `docket report web-k3f9 '{"status":"completed","outcome":"Login works","files_modified":["auth.ts"]}'`,
    `docket report web-k3f9 '{"status":"completed","approval":"rejected","issues_found":["No tests"]}'`,
    `docket report web-k3f9 '{"status":"blocked","blockers":["Needs the staging password"]}'`,
    'docket report web-k3f9 < report.json',
  ],
  input: async ({ args: [task = '', argument], io }) => ({
    task,
    report: await parseReportText(await readTextOrStdin(argument, { io, what: 'report' })),
  }),
  words: { fields: { report: 'report:' }, hint: 'docket report --help shows the fields' },
  text: renderReportAnswer,
});

/** Parses the document, which the operation checks. It may stand in an agent's words, in a fence. */
async function parseReportText(text: string): Promise<Report> {
  // The operation's schema, which programs are told, asks for lists.
  return tidyReport(await parseJson(text)) as Report;
}

async function parseJson(text: string): Promise<unknown> {
  try {
    return JSON.parse(text);
  } catch (error) {
    const { reportInText } = await import('../../lib/model/report/report-in-text.ts');
    const report = reportInText(text);
    if (report !== undefined) return report;
    const message = error instanceof Error ? error.message : String(error);
    throw new DocketError('invalid_input', `report: not valid JSON: ${message}`, {
      hint: 'docket report --help shows an example',
    });
  }
}
