import { type FileChange, readText } from '../files/file-change.ts';
import { attributesFile } from '../own-files.ts';

const text = `# A shell reads the files here: a checkout must not change their line ends.
* -text
`;

/** Plans the file by which git leaves the launcher's bytes as they are. Another one there stays. */
export function planAttributes(folder: string): FileChange {
  const { path, before } = readAttributes(folder);
  return { path, before, after: before === undefined || isOwn(before) ? text : before };
}

export function planAttributesRemoval(folder: string): FileChange {
  const { path, before } = readAttributes(folder);
  return { path, before, after: before === undefined || isOwn(before) ? undefined : before };
}

function readAttributes(folder: string): Pick<FileChange, 'path' | 'before'> {
  const path = attributesFile(folder);
  return { path, before: readText(path) };
}

function isOwn(found: string): boolean {
  return found.replaceAll('\r\n', '\n') === text;
}
