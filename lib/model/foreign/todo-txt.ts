import type { Priority } from '../task/task.ts';
import type { ForeignList, ForeignTask } from './foreign-task.ts';

const day = String.raw`\d{4}-\d\d-\d\d`;
const line = new RegExp(
  String.raw`^(?<done>x\s+)?(?:\((?<priority>[A-Z])\)\s+)?(?:(?<first>${day})\s+)?(?:(?<second>${day})\s+)?(?<text>.*)$`,
);
const pair = /(?:^|\s)([a-z][a-z0-9_-]*):(\S+)/gi;

/** Reads todo.txt: a task a line, `x` before one that is done. */
export function readTodoTxt(text: string): ForeignList {
  const lines = text.split(/\r?\n/).filter((each) => each.trim() !== '');
  const seen = new Map<string, number>();
  return { tasks: lines.map((each) => toTask(each.trim(), seen)), remarks: [] };
}

function toTask(written: string, seen: Map<string, number>): ForeignTask {
  const { done, priority, first, second, text = '' } = line.exec(written)?.groups ?? {};
  const pairs = Object.fromEntries(
    [...text.matchAll(pair)]
      .filter(([, name = '', value = '']) => !(/^https?$/i.test(name) && value.startsWith('//')))
      .map(([, name = '', value = '']) => [name.toLowerCase(), value]),
  );
  const title = text
    .replace(pair, (whole, name: string, value: string) =>
      /^https?$/i.test(name) && value.startsWith('//') ? whole : '',
    )
    .trim();
  // The first day of a done task is that of its end.
  const [end, made] = done === undefined ? [undefined, first] : [first, second];
  const { id: named, p, due, t, pri, ...rest } = pairs;
  return {
    id: named ?? unique(title, seen),
    title: title || written,
    status: done === undefined ? 'pending' : 'completed',
    priority: levelOf(priority ?? pri),
    labels: [...text.matchAll(/(?:^|\s)[+@](\S+)/g)].map(([, label = '']) => label),
    due,
    notBefore: t,
    createdAt: made === undefined ? undefined : `${made}T00:00:00.000Z`,
    completedAt: end === undefined ? undefined : `${end}T00:00:00.000Z`,
    parent: p,
    rest: { ...rest, line: written },
  };
}

function levelOf(letter: string | undefined): Priority | undefined {
  if (letter === undefined || !/^[A-Z]$/i.test(letter)) return undefined;
  return Math.min(4, letter.toUpperCase().charCodeAt(0) - 65) as Priority;
}

/** Tasks without an id are known by their text, and by which of the same text they are. */
export function unique(title: string, seen: Map<string, number>): string {
  const count = (seen.get(title) ?? 0) + 1;
  seen.set(title, count);
  return count === 1 ? title : `${title} (${count})`;
}
