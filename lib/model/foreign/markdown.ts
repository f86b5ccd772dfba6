import type { ForeignList, ForeignTask } from './foreign-task.ts';
import { unique } from './todo-txt.ts';

const item = /^(\s*)[-*+]\s+\[([ xX~-])\]\s+(.*\S)\s*$/;

/**
 * Reads the checkboxes of a Markdown document: one that stands further in belongs to the one above,
 * and the lines below one describe it. Headings are labels of what stands below them.
 */
export function readMarkdown(text: string): ForeignList {
  const tasks: ForeignTask[] = [];
  const open: { readonly indent: number; readonly id: string }[] = [];
  const seen = new Map<string, number>();
  let heading: string | undefined;
  for (const line of text.split(/\r?\n/)) {
    const [, spaces, box, title] = item.exec(line) ?? [];
    if (title === undefined) {
      const [, found] = /^#{1,6}\s+(.*?)\s*#*$/.exec(line) ?? [];
      if (found !== undefined) {
        heading = found;
        open.length = 0;
      } else describe(tasks, line, open.length > 0);
      continue;
    }
    const indent = (spaces ?? '').replaceAll('\t', '    ').length;
    while ((open.at(-1)?.indent ?? -1) >= indent) open.pop();
    const parent = open.at(-1)?.id;
    const id = unique(parent === undefined ? title : `${parent} / ${title}`, seen);
    open.push({ indent, id });
    tasks.push({
      id,
      title,
      status: box === ' ' ? 'pending' : box?.toLowerCase() === 'x' ? 'completed' : 'cancelled',
      parent,
      labels: heading === undefined ? [] : [heading],
    });
  }
  return { tasks, remarks: [] };
}

function describe(tasks: ForeignTask[], line: string, isBelow: boolean): void {
  const last = tasks.at(-1);
  if (last === undefined || !isBelow || line.trim() === '') return;
  const description = [last.description, line.trim().replace(/^> ?/, '')].filter(
    (part) => part !== undefined,
  );
  tasks[tasks.length - 1] = { ...last, description: description.join('\n') };
}
