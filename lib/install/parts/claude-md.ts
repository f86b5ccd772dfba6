import { join } from 'node:path';
import { addMarkedBlock, removeMarkedBlock } from '../../settings/marked-block.ts';
import { type FileChange, readText } from '../files/file-change.ts';

const block = `## Tasks

This project's tasks live in docket, a list that all sessions share; do not use TodoWrite,
TaskCreate or TaskUpdate for them. \`docket ready\` shows what can be started, \`docket claim KEY\`
takes it, \`docket note KEY TEXT\` records progress, \`docket close KEY --outcome TEXT\` ends it,
\`docket plan\` breaks a larger request down.`;

/** Adds docket's marked block to the project's CLAUDE.md, or brings it up to date. */
export function planClaudeMd(folder: string): FileChange {
  const { path, before } = readClaudeMd(folder);
  return { path, before, after: addMarkedBlock(before, block) };
}

export function planClaudeMdRemoval(folder: string): FileChange {
  const { path, before } = readClaudeMd(folder);
  return { path, before, after: before === undefined ? undefined : removeMarkedBlock(before) };
}

function readClaudeMd(folder: string) {
  const path = join(folder, 'CLAUDE.md');
  return { path, before: readText(path) };
}
