import { dirname, join, relative, resolve } from 'node:path';
import { isBelow, nearestRealPath } from '../filesystem/path-facts.ts';
import { limits } from '../model/limits.ts';
import { type Checkout, findCheckout } from './git-folder.ts';
import { type Env, homeOf, userSettingsFile } from './paths.ts';
import type { Context } from './resolve.ts';

/**
 * Makes a function that names files as everyone of a project knows them: from the project's root,
 * links resolved, the same in every clone and worktree of it. Files elsewhere are `~/...` or
 * absolute. What Claude Code keeps for itself, as plans and memories, and what no path can be is
 * undefined.
 */
export function createProjectPath(
  { search: { project } }: Pick<Context, 'search'>,
  env: Env,
): (path: string) => string | undefined {
  const root = project && nearestRealPath(project.root);
  const home = nearestRealPath(resolve(homeOf(env)));
  const own = nearestRealPath(dirname(userSettingsFile(env)));
  const checkouts = new Map<string, Checkout | undefined>();
  const checkoutOf = (folder: string) => {
    if (!checkouts.has(folder)) checkouts.set(folder, findCheckout(folder));
    return checkouts.get(folder);
  };
  const ofProject = root === undefined ? undefined : checkoutOf(root);

  return (path) => {
    if (path.includes('\0') || !path.isWellFormed()) return undefined;
    const real = nearestRealPath(resolve(path));
    const name = nameOf(real);
    return name === undefined || name === '' || [...name].length > limits.path ? undefined : name;
  };

  function nameOf(real: string): string | undefined {
    if (root !== undefined) {
      const checkout = checkoutOf(dirname(real));
      if (checkout !== undefined && checkout.mainRoot === ofProject?.mainRoot) {
        const from = join('/', relative(ofProject.root, root));
        return relative(from, join('/', relative(checkout.root, real)));
      }
      if (isBelow(real, root)) return real.slice(root.length + 1);
    }
    if (isBelow(real, own)) return undefined;
    return isBelow(real, home) ? `~/${real.slice(home.length + 1)}` : real;
  }
}
