import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addUp, type BillAnswer, type BillItem } from '../../../lib/model/billing/bill.ts';
import { renderBillCsv } from '../../../lib/render/bill/csv.ts';
import { renderBillHtml } from '../../../lib/render/bill/html.ts';
import { renderBillMarkdown } from '../../../lib/render/bill/markdown.ts';
import { renderBillTable } from '../../../lib/render/bill/table.ts';
import { plainStyle } from '../../../lib/render/text/style.ts';
import { displayWidth } from '../../../lib/render/text/width.ts';
import { nastyText } from '../nasty-text.ts';

function item(fields: Partial<BillItem> = {}): BillItem {
  return {
    day: '2026-11-21',
    timeZone: 'UTC',
    task: 'web-k3f9',
    client: 'acme',
    clientName: 'Acme Corp',
    project: null,
    projectName: null,
    category: 'troubleshooting',
    problem: 'WINS service not responding',
    solution: 'Restarted nmbd',
    minutes: 45,
    minutesFrom: [],
    ...{ rate: null, currency: null, amount: null, correction: false, invoicedAt: null },
    affectedSystems: ['NAS 1', 'NAS 2'],
    technologies: [],
    ...fields,
  };
}

function bill(items: readonly BillItem[], client: BillItem | null = null): BillAnswer {
  const days = { from: '2026-11-01', to: '2026-11-30', timeZone: 'UTC' };
  const { client: slug = null, clientName = null } = client ?? {};
  return { ...days, client: slug, clientName, items: [...items], ...addUp(items) };
}

const three = [
  item(),
  item({
    project: 'site',
    projectName: 'Web site',
    task: 'web-m2',
    minutes: 5,
    problem: 'Dark mode',
  }),
  item({ client: 'globex', clientName: 'Globex', task: 'web-p4', minutes: 120 }),
];

test('the table has items, sums and numbers on the right', () => {
  expect(renderBillTable(bill(three), plainStyle).split('\n')).toEqual([
    'All clients, 2026-11-01 to 2026-11-30 (UTC)',
    '',
    'Day         Task      Client     Project   Category         Work                         Minutes',
    '2026-11-21  web-k3f9  Acme Corp            troubleshooting  WINS service not responding       45',
    '2026-11-21  web-m2    Acme Corp  Web site  troubleshooting  Dark mode                          5',
    '2026-11-21  web-p4    Globex               troubleshooting  WINS service not responding      120',
    '',
    'Day                   Items  Minutes       Hours',
    '2026-11-21 Acme Corp      2       50      50 min',
    '2026-11-21 Globex         1      120  2 h 00 min',
    '',
    'Of                    Items  Minutes       Hours',
    'Acme Corp                 1       45      45 min',
    'Acme Corp / Web site      1        5       5 min',
    'Globex                    1      120  2 h 00 min',
    'Acme Corp, all            2       50      50 min',
    'Total                     3      170  2 h 50 min',
  ]);
});

test('the title names time zones: the bill’s, and those of clients who have others', () => {
  const phoenix = item({ timeZone: 'America/Phoenix' });
  const [title] = renderBillTable(bill([phoenix, item({ client: 'x' })]), plainStyle).split('\n');
  expect(title).toBe('All clients, 2026-11-01 to 2026-11-30 (UTC; Acme Corp: America/Phoenix)');
});

test('a bill of one client and without projects leaves those columns out', () => {
  const lines = renderBillTable(bill([item()], item()), plainStyle).split('\n');
  expect(lines[0]).toBe('Acme Corp, 2026-11-01 to 2026-11-30 (UTC)');
  expect(lines[2]).toBe(
    'Day         Task      Category         Work                         Minutes',
  );
});

const paid = [
  item({ rate: 12_000, currency: 'USD', amount: 9_000 }),
  item({ day: '2026-11-22', rate: 12_000, currency: 'USD', amount: -50, minutes: -5 }),
  item({ client: 'initech', clientName: 'Initech', rate: 5_000, currency: 'JPY', amount: 3_750 }),
];

test('amounts stand at each line and in the sums, each currency by itself', () => {
  expect(renderBillTable(bill(paid), plainStyle).split('\n').slice(2)).toEqual([
    'Day         Task      Client     Category         Work                         Minutes     Amount',
    '2026-11-21  web-k3f9  Acme Corp  troubleshooting  WINS service not responding       45  90.00 USD',
    '2026-11-22  web-k3f9  Acme Corp  troubleshooting  WINS service not responding       -5  -0.50 USD',
    '2026-11-21  web-k3f9  Initech    troubleshooting  WINS service not responding       45   3750 JPY',
    '',
    'Of         Items  Minutes       Hours               Amount',
    'Acme Corp      2       40      40 min            89.50 USD',
    'Initech        1       45      45 min             3750 JPY',
    'Total          3       85  1 h 25 min  3750 JPY, 89.50 USD',
  ]);
  expect(renderBillMarkdown(bill(paid))).toContain(
    '| **Total** | 3 | 85 | 1 h 25 min | 3750 JPY, 89.50 USD |',
  );
  const [, , line] = renderBillCsv(bill(paid)).split('\n');
  expect(line).toMatch(/,-5,UTC,120\.00,-0\.50,USD,,,$/);
});

test('a bill of nothing says so', () => {
  expect(renderBillTable(bill([]), plainStyle)).toContain('Nothing was billed.');
});

test.for([40, 60, 80, 120])('on a terminal of %i columns no line is wider', (width) => {
  const long = item({
    problem: '監視'.repeat(80),
    category: 'x'.repeat(64),
    client: 'y'.repeat(64),
    clientName: 'y'.repeat(200),
  });
  const lines = renderBillTable(bill([...three, long]), { width, colour: false })
    .split('\n')
    .filter((line) => !line.startsWith('  try: '));
  // Days, keys and minutes are never cut: below that a terminal wraps.
  const fits = width >= 60 ? lines : lines.slice(7);
  for (const line of fits) expect(displayWidth(line)).toBeLessThanOrEqual(width);
});

test('a narrow terminal has room for the work, and is told what it does without', () => {
  const narrow = { width: 80, colour: false };
  const lines = renderBillTable(bill(three), narrow).split('\n');
  expect(lines[2]).not.toContain('Category');
  expect(lines[3]).toContain('WINS service not responding');
  expect(lines.slice(-2)).toEqual([
    'Not shown: Category',
    '  try: docket billing --from 2026-11-01 --to 2026-11-30 --format csv',
  ]);
  const wide = renderBillTable(bill(three), { width: 200, colour: false });
  expect(wide).toContain('Category');
  expect(wide).not.toContain('Not shown');
});

test('CSV has one line an item, and quotes what needs it', () => {
  const odd = item({ problem: 'He said "no", twice', solution: 'a\nb', technologies: ['x', 'y'] });
  expect(renderBillCsv(bill([odd]))).toBe(
    [
      'day,task,client,client_name,project,project_name,category,problem,solution,affected_systems,technologies,minutes,time_zone,rate,amount,currency,correction,invoiced_at,minutes_from',
      '2026-11-21,web-k3f9,acme,Acme Corp,,,troubleshooting,"He said ""no"", twice",a b,NAS 1; NAS 2,x; y,45,UTC,,,,,,',
    ].join('\n'),
  );
});

test.for(['=1+1', '+1', '-1', '@sum(a)', ' =1', '\t=1', '\r@x', '＝1+1', '\u0000=1', '\u200b=1'])(
  'CSV keeps %j from being a formula',
  (problem) => {
    const [, line = ''] = renderBillCsv(bill([item({ problem })])).split('\n');
    expect(line).toMatch(/,troubleshooting,"?'/);
  },
);

test('Markdown cannot be broken out of', () => {
  const text = renderBillMarkdown(bill([item({ problem: 'a | b <img> `c` **d**' })]));
  expect(text).toContain('| a \\| b ‹img\\> \\`c\\` \\*\\*d\\*\\* | 45 |');
  expect(text).toContain('| **Total** | 1 | 45 | 45 min |');
});

test('whatever strangers write stays in its line, in every format', () => {
  fc.assert(
    fc.property(nastyText, (text) => {
      const nasty = item({ problem: text, category: text, solution: text, clientName: text });
      const formats = [
        renderBillMarkdown,
        renderBillCsv,
        (b: BillAnswer) => renderBillTable(b, plainStyle),
      ];
      const plain = formats.map((render) => render(bill([item()])).split('\n').length);
      const rendered = formats.map((render) => render(bill([nasty])));
      expect(rendered.map((each) => each.split('\n').length)).toEqual(plain);
    }),
  );
});

function tags(html: string): readonly string[] {
  return (html.match(/<[^>]*>/g) ?? []).filter((tag) => tag !== '<br>');
}

test('the page has what was done, how, and what it comes to', () => {
  const page = renderBillHtml(bill(paid));
  expect(page).toContain('<h1>All clients, 2026-11-01 to 2026-11-30 (UTC)</h1>');
  expect(page).toContain('<div class="solution">Restarted nmbd</div>');
  expect(page).toContain('<td class="number">-0.50 USD</td>');
  expect(page).toContain('<td class="fixed">2026-11-21</td>');
  expect(page).toMatch(/<tr class="whole"><td>Total<\/td>.*3750 JPY, 89\.50 USD<\/td><\/tr>/);
  expect(renderBillHtml(bill([]))).toContain('<p>Nothing was billed.</p>');
});

test.for([
  '<script>alert(1)</script>',
  '"><img src=x onerror=y>',
  "' onload='x",
  '</style>',
  '&lt;',
])('the page shows %j as text', (text) => {
  const nasty = item({ problem: text, solution: text, category: text, clientName: text });
  const page = renderBillHtml(bill([nasty]));
  expect(tags(page)).toEqual(tags(renderBillHtml(bill([item()]))));
  expect(page).not.toMatch(/<(script|img)|&lt;\/?style&gt;.*<\/style>/);
});

test('whatever strangers write makes no tag of a page', () => {
  const plain = tags(renderBillHtml(bill([item()])));
  fc.assert(
    fc.property(nastyText, (text) => {
      const nasty = item({ problem: text, category: text, solution: `x${text}`, clientName: text });
      expect(tags(renderBillHtml(bill([nasty])))).toEqual(plain);
    }),
  );
});
