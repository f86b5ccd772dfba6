import type { OutgoingTask } from './outgoing.ts';

const columns: Readonly<Record<string, (task: OutgoingTask) => string>> = {
  key: ({ key }) => key,
  title: ({ title }) => title,
  status: ({ status }) => status,
  type: ({ type }) => type,
  priority: ({ priority }) => String(priority),
  parent: ({ parent }) => parent?.key ?? '',
  needs: ({ links }) =>
    links
      .filter(({ type }) => type === 'blocks')
      .map(({ key }) => key)
      .join(', '),
  labels: ({ labels }) => labels.join(', '),
  due: ({ due }) => due ?? '',
  created: ({ createdAt }) => createdAt,
  completed: ({ completedAt }) => completedAt ?? '',
  description: ({ description }) => description,
  outcome: ({ outcome }) => outcome ?? '',
};

/** The first row of a table of tasks. */
export const csvHead = `${Object.keys(columns).join(',')}\r\n`;

/** Writes a task as a row (RFC 4180). No cell can be a formula of a spreadsheet. */
export function writeCsv(task: OutgoingTask): string {
  return `${Object.values(columns)
    .map((cell) => quoted(cell(task)))
    .join(',')}\r\n`;
}

function quoted(cell: string): string {
  const safe = /^[=+\-@\t\r]|^'[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

const boxes: Readonly<Record<string, string>> = { completed: 'x', cancelled: '-' };

/** Writes a task as an item of a checklist, with its description quoted below. */
export function writeMarkdown({ level, title, status, description }: OutgoingTask): string {
  const indent = '  '.repeat(level);
  const lines = description === '' ? [] : description.split('\n');
  return [
    `${indent}- [${boxes[status] ?? ' '}] ${title}`,
    ...lines.map((line) => `${indent}  > ${line}`.trimEnd()),
    '',
  ].join('\n');
}
