import type { TaskContext } from '../task/input.ts';
import type { TouchedFile, TouchedFiles } from '../touched-file.ts';

/** The most files that a context names, and the characters that they may take. */
const most = { files: 500, characters: 60_000 } as const;

/** The line that counts the files which a context leaves out. */
const rest = /^\+\d+ (?:or more )?files?$/;

/**
 * Adds the files that were edited for a task to its context. What an agent has reported stays as it
 * said it: a file that it names stands once, however it spells the path.
 */
export function mergeTouched(context: TaskContext, { files, isCut }: TouchedFiles): TaskContext {
  if (files.length === 0) return context;
  const named = new Set<TouchedFile>();
  const created = withoutRepeats(listIn(context, 'files_created'), { files, named });
  const modified = withoutRepeats(listIn(context, 'files_modified'), { files, named });
  let room = most.files - created.length - modified.length;
  let characters = most.characters;
  let left = 0;
  for (const file of files.filter((each) => !named.has(each))) {
    room -= 1;
    characters -= file.path.length;
    if (room < 0 || characters < 0) left += 1;
    else (file.isNew ? created : modified).push(file.path);
  }
  if (left > 0) modified.push(`+${left} ${isCut ? 'or more ' : ''}file${left === 1 ? '' : 's'}`);
  const { files_created: _, files_modified: __, ...others } = context;
  return {
    ...others,
    ...(created.length > 0 ? { files_created: created } : {}),
    ...(modified.length > 0 ? { files_modified: modified } : {}),
  };
}

function listIn(context: TaskContext, key: string): readonly unknown[] {
  const value = Object.hasOwn(context, key) ? context[key] : undefined;
  if (Array.isArray(value)) return value;
  return typeof value === 'string' ? [value] : [];
}

/** Leaves out a path of a file that was named before. `named` gains the files that are. */
function withoutRepeats(
  entries: readonly unknown[],
  { files, named }: { readonly files: readonly TouchedFile[]; readonly named: Set<TouchedFile> },
): unknown[] {
  return entries.filter((entry) => {
    if (typeof entry !== 'string') return true;
    if (rest.test(entry)) return false;
    const file = findFile(pathIn(entry), files);
    if (file === undefined) return true;
    const isRepeat = named.has(file) && !/\s/.test(entry.trim());
    named.add(file);
    return !isRepeat;
  });
}

/** Reads a path as agents write it: `./src/a.ts`, or with marks and a remark after it. */
function pathIn(entry: string): string {
  const [path = ''] = entry
    .trim()
    .replace(/^`([^`]+)`/, '$1')
    .split(/\s+[(–—-]|: /);
  return path.replaceAll('\\', '/').replace(/^(?:\.\/)+/, '');
}

/** Finds the file that a path means: whole, absolute, or by its end where no other has that. */
function findFile(path: string, files: readonly TouchedFile[]): TouchedFile | undefined {
  if (path === '') return undefined;
  const whole = files.find((file) => file.path === path || path.endsWith(`/${file.path}`));
  if (whole !== undefined) return whole;
  const [byEnd, another] = files.filter((file) => file.path.endsWith(`/${path}`));
  return another === undefined ? byEnd : undefined;
}
