import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { PlanAnswer } from '../../lib/model/answers/task.ts';
import { WorkItemAnswer } from '../../lib/model/answers/work-item.ts';
import { BillAnswer } from '../../lib/model/billing/bill.ts';
import { type CliHarness, openCliHarness } from '../cli/cli-harness.ts';

const november = ['--from', '2026-11-01', '--to', '2026-11-30'];

/** The month of three clients, as commands make it and clocks and days are set by hand. */
async function playMonth(): Promise<CliHarness> {
  const harness = openCliHarness();
  const write = (sql: string, ...values: readonly (string | number)[]) => {
    const db = new DatabaseSync(harness.database);
    db.prepare(sql).run(...values);
    db.close();
  };
  const completedAt = (key: string, at: string) => {
    const where = 'WHERE linked_task_id = (SELECT id FROM tasks WHERE task_key = ?)';
    write(`UPDATE work_items SET completed_at = ? ${where}`, at, key);
  };
  const worked = (key: string, ms: number) => {
    const where = 'WHERE running_task_id = (SELECT id FROM tasks WHERE task_key = ?)';
    write(`UPDATE agent_runs SET active_ms = ? ${where}`, ms, key);
  };
  const create = (title: string, client: string, ...flags: readonly string[]) =>
    harness.create(title, '--client', client, '--billable', '--type', 'research', ...flags);
  /** Work of so many minutes by an agent that asks for others. */
  const report = async (key: string, minutes: number, asked: number) => {
    await harness.text('claim', key, '--agent', 'Explore Agent');
    worked(key, minutes * 60_000);
    const said = { status: 'completed', outcome: 'Found it', billable_minutes: asked };
    await harness.text('report', key, JSON.stringify(said));
  };

  // Quarters of an hour begun, at 120.00 USD, of what was measured, in days of Arizona.
  const acme = ['--round-to', '15', '--time-zone', 'America/Phoenix'];
  await harness.text('client', 'add', 'Acme', ...acme, '--rate', '12000', '--currency', 'USD');
  const steps = Array.from({ length: 12 }, (_, index) => ({ title: `Step ${index}` }));
  const plan = { title: 'Twelve steps', client: 'Acme', billable: true, subtasks: steps };
  const { task } = await harness.json(PlanAnswer, 'plan', JSON.stringify(plan));
  for (let step = 1; step <= 12; step += 1) {
    await harness.text('claim', `${task.key}.${step}`);
    worked(`${task.key}.${step}`, 1_400);
    await harness.text('close', `${task.key}.${step}`);
  }
  completedAt(task.key, '2026-11-10 16:00:00.000');
  const idle = await create('Long lunch', 'Acme');
  await harness.text('claim', idle);
  worked(idle, 60 * 60_000);
  const began = new Date(Date.now() - 125 * 60_000).toISOString().replace('T', ' ').slice(0, -1);
  write('UPDATE agent_runs SET started_at = ? WHERE finished_at IS NULL', began);
  expect(await harness.text('close', idle)).toMatch(/1 h of 2 h 5 min: idle time is not counted/);
  completedAt(idle, '2026-12-01 05:30:00.000');
  const asked = await create('Look for it', 'Acme');
  await report(asked, 20, 90);
  completedAt(asked, '2026-11-11 16:00:00.000');

  // The nearest six minutes, at 99.95 EUR, as agents propose, in days of Berlin.
  const globex = ['--round-to', '6', '--rounding', 'nearest', '--time-zone', 'Europe/Berlin'];
  await harness.text('client', 'add', 'Globex', ...globex, '--minutes', 'proposed');
  await harness.text('client', 'update', 'Globex', '--rate', '9995', '--currency', 'EUR');
  const invoiced = await create('Invoiced', 'Globex');
  await harness.text('close', invoiced, '--billable-minutes', '45');
  completedAt(invoiced, '2026-11-12 10:00:00.000');
  await harness.text('work-item', 'invoice', '--client', 'Globex', ...november);
  await harness.text('reopen', invoiced);
  await harness.text('close', invoiced, '--billable-minutes', '30');
  write('UPDATE work_items SET updated_at = ?', '2026-11-20 10:00:00.000');
  const proposed = await create('Proposed', 'Globex');
  await report(proposed, 20, 33);
  completedAt(proposed, '2026-11-13 10:00:00.000');
  const said = await create('Said', 'Globex');
  await report(said, 20, 33);
  await harness.text('work-item', 'update', said, '--minutes', '8');
  completedAt(said, '2026-11-13 11:00:00.000');

  // Each minute begun, at 7.500 KWD, in days of Kuwait.
  const initech = ['--time-zone', 'Asia/Kuwait', '--rate', '7500', '--currency', 'KWD'];
  await harness.text('client', 'add', 'Initech', ...initech);
  const clocked = await create('By the clock', 'Initech');
  for (let interval = 0; interval < 3; interval += 1) {
    await harness.text('start', clocked);
    const start = new Date(Date.now() - 15_000).toISOString().replace('T', ' ').slice(0, -1);
    write('UPDATE agent_runs SET started_at = ? WHERE finished_at IS NULL', start);
    await harness.text('stop', clocked);
  }
  await harness.text('close', clocked);
  completedAt(clocked, '2026-10-31 21:30:00.000');
  const call = ['--client', 'Initech', '--minutes', '50', '--problem', '=HYPERLINK("x"), a call'];
  await harness.json(WorkItemAnswer, 'work-item', 'add', ...call, '--day', '2026-11-02');
  const seven = await create('Seven minutes', 'Initech');
  await harness.text('close', seven, '--billable-minutes', '7');
  completedAt(seven, '2026-11-30 20:30:00.000');
  const december = await create('Already December', 'Initech');
  await harness.text('close', december, '--billable-minutes', '1000');
  completedAt(december, '2026-11-30 22:00:00.000');
  return harness;
}

test('a month of three clients comes to sums made by hand, in every format', async () => {
  const harness = await playMonth();
  const bill = await harness.json(BillAnswer, 'billing', ...november);
  const lines = bill.items.map(({ day, client, minutes, amount, correction }) =>
    [day, client, minutes, amount, ...(correction ? ['correction'] : [])].join(' '),
  );
  expect(lines.sort()).toEqual([
    // Half past midnight in Kuwait: 3 * 15 s = 45 s -> 1 min * 7500 / 60 = 125.
    '2026-11-01 initech 1 125',
    // 50 * 7500 / 60 = 6250.
    '2026-11-02 initech 50 6250',
    // 12 * 1.4 s = 16.8 s -> a quarter of an hour: 12000 / 4 = 3000.
    '2026-11-10 acme 15 3000',
    // 20 min measured, not the 90 that the agent asked for -> 30 min: 12000 / 2 = 6000.
    '2026-11-11 acme 30 6000',
    // 45 min / 6 = 7.5 -> 8 * 6 = 48 min: 48 * 9995 / 60 = 7996.
    '2026-11-12 globex 48 7996',
    // 33 min, as the agent asked / 6 = 5.5 -> 6 * 6 = 36 min: 36 * 9995 / 60 = 5997.
    '2026-11-13 globex 36 5997',
    // 8 min, as a person said / 6 = 1.33 -> 6 min: 6 * 9995 / 60 = 999.5 -> 1000.
    '2026-11-13 globex 6 1000',
    // Opened again and closed with 30 min: 30 - 48 = -18 min: -18 * 9995 / 60 = -2998.5 -> -2999.
    '2026-11-20 globex -18 -2999 correction',
    // Half past ten at night in Arizona: 60 min of 2 h 5 min, the rest was idle: 12000.
    '2026-11-30 acme 60 12000',
    // Half past eleven at night in Kuwait: 7 * 7500 / 60 = 875. An hour and a half later is December.
    '2026-11-30 initech 7 875',
  ]);
  // 15 + 30 + 60 = 105 min: 3000 + 6000 + 12000 = 21000.
  // 48 + 36 + 6 - 18 = 72 min: 7996 + 5997 + 1000 - 2999 = 11994.
  // 1 + 50 + 7 = 58 min: 125 + 6250 + 875 = 7250. And 105 + 72 + 58 = 235 min.
  expect(
    bill.clients.map(({ client, items, minutes, amounts }) => ({
      client,
      items,
      minutes,
      amounts,
    })),
  ).toEqual([
    { client: 'acme', items: 3, minutes: 105, amounts: [{ currency: 'USD', amount: 21_000 }] },
    { client: 'globex', items: 4, minutes: 72, amounts: [{ currency: 'EUR', amount: 11_994 }] },
    { client: 'initech', items: 3, minutes: 58, amounts: [{ currency: 'KWD', amount: 7_250 }] },
  ]);
  expect(bill.minutes).toBe(235);

  const table = await harness.text('billing', ...november);
  expect(table).toMatch(/^Acme +3 +105 +1 h 45 min +210\.00 USD$/m);
  expect(table).toMatch(/^Globex +4 +72 +1 h 12 min +119\.94 EUR$/m);
  expect(table).toMatch(/^Initech +3 +58 +58 min +7\.250 KWD$/m);
  expect(table).toMatch(/^Total +10 +235 +3 h 55 min +119\.94 EUR, 7\.250 KWD, 210\.00 USD$/m);
  expect(table).toContain('proposed by Explore Agent');

  const markdown = await harness.text('billing', ...november, '--format', 'markdown');
  const html = await harness.text('billing', ...november, '--format', 'html');
  for (const [client, items, minutes, hours, amount] of [
    ['Acme', 3, 105, '1 h 45 min', '210.00 USD'],
    ['Globex', 4, 72, '1 h 12 min', '119.94 EUR'],
    ['Initech', 3, 58, '58 min', '7.250 KWD'],
  ]) {
    expect(markdown).toContain(`| ${client} | ${items} | ${minutes} | ${hours} | ${amount} |`);
    const cells = [items, minutes, hours, amount].map((cell) => `<td class="number">${cell}</td>`);
    expect(html).toContain(`<td>${client}</td>${cells.join('')}`);
  }
  // What a client reads names no agent, and runs nothing in a spreadsheet.
  expect(`${markdown}${html}`).not.toContain('Agent');
  const csv = await harness.text('billing', ...november, '--format', 'csv');
  expect(csv).toContain(`"'=HYPERLINK(""x""), a call"`);
  const [names = '', ...rows] = csv.split('\n');
  const columns = names.split(',');
  const cellOf = (row: string, name: string) => {
    // Only the text that begins like a formula is quoted, and nothing after it has a comma.
    const cells = row.replace(/"(?:[^"]|"")*"/g, 'quoted').split(',');
    return cells[columns.indexOf(name)] ?? '';
  };
  const sums: Record<string, number> = {};
  for (const row of rows) {
    const client = cellOf(row, 'client');
    const thousandths = Math.round(Number(cellOf(row, 'amount')) * 1_000);
    sums[client] = (sums[client] ?? 0) + thousandths;
  }
  expect(sums).toEqual({ acme: 210_000, globex: 119_940, initech: 7_250 });
  expect(rows.reduce((sum, row) => sum + Number(cellOf(row, 'minutes')), 0)).toBe(235);
});
