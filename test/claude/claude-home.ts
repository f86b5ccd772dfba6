import { mkdir, readFile, realpath, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

const state = z.looseObject({ projects: z.record(z.string(), z.looseObject({})).default({}) });

/**
 * Answers the folder's trust dialog beforehand. Untrusted, the CLI ignores `permissions.allow` of
 * the project's settings (hooks, deny, ask and env count even then).
 */
export async function trustFolder(home: string, folder: string): Promise<void> {
  const path = join(home, '.claude.json');
  const before = state.parse(JSON.parse(await readFile(path, 'utf8').catch(() => '{}')));
  const key = await realpath(folder);
  const entry = { ...before.projects[key], hasTrustDialogAccepted: true };
  const after = {
    ...before,
    hasCompletedOnboarding: true,
    projects: { ...before.projects, [key]: entry },
  };
  await mkdir(home, { recursive: true });
  await writeFile(path, JSON.stringify(after));
}
