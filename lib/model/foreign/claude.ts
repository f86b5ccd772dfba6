import {
  type Fields,
  type ForeignList,
  isFields,
  listOf,
  statusOf,
  textOf,
  textsOf,
  without,
} from './foreign-task.ts';
import { parseDocument } from './parse-document.ts';

const placed = ['id', 'subject', 'content', 'description', 'status', 'blocks', 'blockedBy'];

/** Reads Claude Code's own tasks: a JSON file each, in a folder for each of its lists. */
export function readClaudeTasks(
  files: readonly { readonly path: string; readonly text: string }[],
): ForeignList {
  const remarks: string[] = [];
  const tasks = files.flatMap(({ path, text }) => {
    let value: unknown;
    try {
      value = parseDocument(text);
    } catch (error) {
      remarks.push(`${path} was left out: ${(error as Error).message}`);
      return [];
    }
    // A list that is one document, as older versions wrote it.
    return (Array.isArray(value) ? value : [value])
      .filter(isFields)
      .map((task) => ({ path, task }));
  });
  // `blocks` says the same from the other side, and is also there where that file is gone.
  const blockers = new Map<string, string[]>();
  for (const { path, task } of tasks) {
    for (const blocked of textsOf(listOf(task.blocks))) {
      const id = `${folderOf(path)}${blocked}`;
      blockers.set(id, [...(blockers.get(id) ?? []), idIn(path, task)]);
    }
  }
  return {
    tasks: tasks.map(({ path, task }) => {
      const id = idIn(path, task);
      const named = textsOf(listOf(task.blockedBy)).map((each) => `${folderOf(path)}${each}`);
      const needs = new Set([...named, ...(blockers.get(id) ?? [])]);
      return {
        id,
        title: titleOf(task),
        description: textOf(task.description),
        ...statusOf(task.status === 'deleted' ? 'cancelled' : task.status),
        links: [...needs].map((to) => ({ to, type: 'blocks' as const })),
        rest: { ...without(task, placed), status: task.status },
      };
    }),
    remarks,
  };
}

function titleOf(task: Fields): string {
  return textOf(task.subject) ?? textOf(task.content) ?? textOf(task.description) ?? '?';
}

/** Ids are those of a list, which is a folder. */
function idIn(path: string, task: Fields): string {
  return `${folderOf(path)}${textOf(task.id) ?? titleOf(task)}`;
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/') + 1);
}
