import type { BillAnswer } from '../../lib/model/billing/bill.ts';
import { renderBillCsv } from '../../lib/render/bill/csv.ts';
import { renderBillMarkdown } from '../../lib/render/bill/markdown.ts';
import { renderBillTable } from '../../lib/render/bill/table.ts';
import { renderJson } from '../../lib/render/text/json.ts';
import type { OutputStyle } from '../../lib/render/text/style.ts';
import { readBill } from '../../lib/tracker/billing/bill.ts';
import { defineCommand } from '../command/command.ts';
import { withScope } from '../command/with-scope.ts';

const formats: Readonly<Record<string, (bill: BillAnswer, style: OutputStyle) => string>> = {
  table: renderBillTable,
  csv: renderBillCsv,
  markdown: renderBillMarkdown,
  json: (data) => renderJson({ schemaVersion: 1, data }),
};

export const command = defineCommand({
  summary: 'What was done for clients in some days, and what it comes to',
  usage: '[--client NAME] [--from DAY] [--to DAY] [--format FORMAT]',
  args: { min: 0, max: 0 },
  flags: {
    client: { type: 'string', value: 'NAME', description: 'of this client; else of all' },
    from: {
      type: 'string',
      value: 'DAY',
      description: 'first day, YYYY-MM-DD in UTC; else the first of the month',
    },
    to: { type: 'string', value: 'DAY', description: 'last day, itself included; else today' },
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
  async run({ flags, io }) {
    const { client, from, to, format = 'table' } = flags;
    return withScope({ flags, io }, async ({ scope }) => {
      const data = await readBill(scope, { client, from, to });
      return { data, text: formats[format]?.(data, io.style) ?? '' };
    });
  },
});
