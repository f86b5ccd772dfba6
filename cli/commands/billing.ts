import type { BillAnswer } from '../../lib/model/billing/bill.ts';
import { billing } from '../../lib/operations/billing.ts';
import { renderBillCsv } from '../../lib/render/bill/csv.ts';
import { renderBillMarkdown } from '../../lib/render/bill/markdown.ts';
import { renderBillTable } from '../../lib/render/bill/table.ts';
import { renderJson } from '../../lib/render/text/json.ts';
import type { OutputStyle } from '../../lib/render/text/style.ts';
import { operationCommand } from '../command/operation-command.ts';

const formats: Readonly<Record<string, (bill: BillAnswer, style: OutputStyle) => string>> = {
  table: renderBillTable,
  csv: renderBillCsv,
  markdown: renderBillMarkdown,
  json: (data) => renderJson({ schemaVersion: 1, data }),
};

export const command = operationCommand({
  operation: billing,
  usage: '[--client NAME] [--from DAY] [--to DAY] [--time-zone ZONE] [--format FORMAT]',
  args: { min: 0, max: 0 },
  flags: {
    client: { type: 'string', value: 'NAME', description: 'of this client; else of all' },
    from: {
      type: 'string',
      value: 'DAY',
      description: 'first day, YYYY-MM-DD; else the first of the month',
    },
    to: { type: 'string', value: 'DAY', description: 'last day, itself included; else today' },
    'time-zone': {
      type: 'string',
      value: 'ZONE',
      description: "whose days, as America/Phoenix; else the client's, or your own",
    },
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
    "docket billing --client 'Acme Corp' --format markdown",
  ],
  input: ({ flags: { client, from, to, 'time-zone': time_zone } }) => ({
    client,
    from,
    to,
    time_zone,
  }),
  text: (answer, { flags: { format = 'table' }, io }) => formats[format]?.(answer, io.style) ?? '',
});
