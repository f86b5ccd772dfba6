import { execFile } from 'node:child_process';

/** Variables by which a git that calls us would point ours at its own repository. */
const steering = ['GIT_DIR', 'GIT_WORK_TREE', 'GIT_INDEX_FILE', 'GIT_COMMON_DIR', 'GIT_PREFIX'];

const longestRun = 20_000;

/** Runs git in a folder and gives its output, or undefined when git is missing or refuses. */
export function runGit(folder: string, args: readonly string[]): Promise<string | undefined> {
  const env = { ...process.env, LC_ALL: 'C', GIT_OPTIONAL_LOCKS: '0' };
  for (const name of steering) Reflect.deleteProperty(env, name);
  return new Promise((resolve) => {
    execFile(
      'git',
      args,
      // By `-C` git would look at this process's own folder first, which may be gone.
      { cwd: folder, env, timeout: longestRun, maxBuffer: 16 * 1024 * 1024 },
      (error, stdout) => resolve(error ? undefined : stdout.replace(/\n$/, '')),
    );
  });
}
