import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, type TestContext } from 'vitest';

export const root = fileURLToPath(new URL('../../', import.meta.url));

/** The path of a tool that deploy/ is checked with; without it the test is skipped, and says so. */
export function requireTool(
  name: 'kubernetes-validate' | 'kubectl' | 'tofu' | 'podman-compose',
  { skip }: TestContext,
): string {
  const { stdout, status } = spawnSync(`${root}scripts/engines`, ['find', name], {
    encoding: 'utf8',
  });
  return status === 0 ? stdout.trim() : skip(`${name} is not on this machine`);
}

/** Runs a tool, which must succeed, and gives what it says. */
export function runTool(
  file: string,
  args: readonly string[],
  options: {
    readonly cwd?: string;
    readonly env?: NodeJS.ProcessEnv;
    readonly input?: string;
  } = {},
): string {
  const { stdout, stderr, status } = spawnSync(file, args, {
    cwd: root,
    encoding: 'utf8',
    ...options,
  });
  expect(status, `${file} ${args.join(' ')}\n${stdout}${stderr}`).toBe(0);
  return stdout;
}
