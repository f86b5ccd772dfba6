import { execFile } from 'node:child_process';

/** Variables by which a git that calls us would point ours at its own repository. */
const steering = ['GIT_DIR', 'GIT_WORK_TREE', 'GIT_INDEX_FILE', 'GIT_COMMON_DIR', 'GIT_PREFIX'];

/** Milliseconds. Git itself waits without end, as for a pipe in place of its index. */
export const longestRun = 10_000;

/** Runs git in a folder and gives its output; undefined when git is missing, refuses or is silent. */
export function runGit(folder: string, args: readonly string[]): Promise<string | undefined> {
  const env = { ...process.env, LC_ALL: 'C', GIT_OPTIONAL_LOCKS: '0' };
  for (const name of steering) Reflect.deleteProperty(env, name);
  return new Promise((resolve) => {
    execFile(
      'git',
      args,
      // By `-C` git would look at this process's own folder first, which may be gone.
      {
        cwd: folder,
        env,
        timeout: longestRun,
        killSignal: 'SIGKILL',
        maxBuffer: 16 * 1024 * 1024,
      },
      (error, stdout) => resolve(error ? undefined : stdout.replace(/\n$/, '')),
    );
  });
}
