import type { BillAnswer } from '../../lib/model/billing/bill.ts';
import { billing } from '../../lib/operations/billing.ts';
import { renderBillCsv } from '../../lib/render/bill/csv.ts';
import { renderBillHtml } from '../../lib/render/bill/html.ts';
import { renderBillMarkdown } from '../../lib/render/bill/markdown.ts';
import { renderBillTable } from '../../lib/render/bill/table.ts';
import { renderJson } from '../../lib/render/text/json.ts';
import type { OutputStyle } from '../../lib/render/text/style.ts';
import { operationCommand } from '../command/operation-command.ts';
import { billFlags, readBillInput } from '../flags/bill.ts';

const formats: Readonly<Record<string, (bill: BillAnswer, style: OutputStyle) => string>> = {
  table: renderBillTable,
  csv: renderBillCsv,
  markdown: renderBillMarkdown,
  html: renderBillHtml,
  json: (data) => renderJson({ schemaVersion: 1, data }),
};

export const command = operationCommand({
  operation: billing,
  usage:
    '[--client NAME] [--from DAY] [--to DAY] [--time-zone ZONE] [--all-workspaces] [--format FORMAT]',
  args: { min: 0, max: 0 },
  flags: {
    ...billFlags,
    'all-workspaces': { type: 'boolean', description: 'of every workspace in the database' },
    format: {
      type: 'string',
      value: 'FORMAT',
      choices: Object.keys(formats),
      description: 'how it is printed; table is the default',
    },
  },
  examples: [
    "docket billing --client 'Acme Corp' --from 2026-11-01 --to 2026-11-30",
    'docket billing --from 2026-11-01 --format csv > november.csv',
    "docket billing --client 'Acme Corp' --format html > acme.html",
  ],
  input: ({ flags }) => ({
    ...readBillInput(flags),
    all_workspaces: flags['all-workspaces'],
  }),
  text: (answer, { flags: { format = 'table' }, io }) => formats[format]?.(answer, io.style) ?? '',
});
