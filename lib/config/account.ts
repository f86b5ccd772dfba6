/**
 * Loads node:os, which knows this process's account and machine, only when it is asked: most hooks
 * do without, and it would be a tenth of their time (0.5 ms).
 */
function os(): typeof import('node:os') {
  return process.getBuiltinModule('node:os');
}

/** The name of the account; undefined in a container that runs under a user id without one. */
export function accountName(): string | undefined {
  try {
    return os().userInfo().username;
  } catch {
    return undefined;
  }
}

/** The home folder of the account, whatever HOME says. */
export function accountHome(): string | undefined {
  try {
    return os().userInfo().homedir;
  } catch {
    return undefined;
  }
}

export function hostName(): string {
  return os().hostname();
}
