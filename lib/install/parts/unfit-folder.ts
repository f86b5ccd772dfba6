import { statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { accountHome } from '../../config/account.ts';
import { type Env, homeOf } from '../../config/paths.ts';
import type { Context } from '../../config/resolve.ts';
import { isWithin, realPath } from '../../filesystem/path-facts.ts';
import { DocketError } from '../../model/errors.ts';
import { shellWord } from '../../model/shell-word.ts';

/** Folders that hold what belongs to a system or to several people, of Linux and of macOS. */
const systemFolders: ReadonlySet<string> = new Set(
  [
    'bin boot dev dev/shm efi etc home lib lib32 lib64 libx32 media mnt nix opt root run sbin snap',
    'srv tmp usr usr/bin usr/include usr/lib usr/lib64 usr/libexec usr/local usr/local/bin',
    'usr/local/lib usr/local/sbin usr/local/share usr/sbin usr/share usr/src var var/cache',
    'var/lib var/log var/opt var/run var/spool var/tmp',
    'Applications Library Network System Users Users/Shared Volumes cores',
    'private private/etc private/tmp private/var private/var/tmp',
  ]
    .join(' ')
    .split(' ')
    .map((path) => `/${path}`),
);

/** Folders whose files the kernel makes up. */
const kernelFolders = ['/proc', '/sys'];

/**
 * Says why a folder can be no project, whoever asks: its list would hold for every folder below,
 * and take the place of the lists there. Undefined when it can be one.
 */
export function whyNoProject(folder: string, env: Env): string | undefined {
  const real = realPath(folder) ?? folder;
  if (real === '/') return '/ is the root of all folders';
  if (homesOf(env).includes(real)) return `${folder} is the home folder of your account`;
  if (homesOf(env).some((home) => isWithin(home, real))) return `${folder} holds your home folder`;
  const isSystem =
    systemFolders.has(real) ||
    real === realPath(tmpdir()) ||
    kernelFolders.some((each) => isWithin(real, each));
  return isSystem ? `${folder} belongs to the system` : undefined;
}

function homesOf(env: Env): readonly string[] {
  return [accountHome(), homeOf(env)].flatMap((home) =>
    home === undefined || home === '/' ? [] : (realPath(home) ?? home),
  );
}

/**
 * Refuses a folder that can be no project, or that is another person's, and asks for `--anyway`
 * where no git repository says what belongs together: a list is easily made one folder too high,
 * and then takes the place of all lists below it.
 *
 * @throws DocketError `usage`
 */
export function refuseUnfit(
  folder: string,
  { search: { project, checkout } }: Pick<Context, 'search'>,
  { env, anyway }: { readonly env: Env; readonly anyway: boolean },
): void {
  const inner = /^(.*?)\/(?:\.git(?:\/.*)?|\.claude)$/.exec(realPath(folder) ?? folder);
  if (inner !== null) {
    throw new DocketError('usage', `${folder} is no project: its tool keeps its own files there`, {
      hint: `docket init ${shellWord(inner[1] || '/')}`,
    });
  }
  const why = whyNoProject(folder, env);
  if (why !== undefined) {
    throw new DocketError('usage', `${why}: a list there would hold for everything below it`, {
      hint: 'docket init in the folder of a project; docket init --user for sessions in all folders',
    });
  }
  if (project !== undefined) return;
  const again = `docket init ${shellWord(folder)} --anyway`;
  const owner = strangerOf(folder);
  if (owner !== undefined && !(anyway && isRoot())) {
    throw new DocketError('usage', `${folder} belongs to user id ${owner}`, {
      hint: isRoot()
        ? `To set it up as root all the same: ${again}`
        : 'Let its owner run docket init, or share the folder with a group of yours (setgid)',
    });
  }
  if (checkout === undefined && !anyway) {
    throw new DocketError('usage', `${folder} is in no git repository`, {
      hint: `Its list would hold for every folder below it. If that is meant: ${again}`,
    });
  }
}

/** The other user whose folder this is; root's are the system's, a group's are shared. */
function strangerOf(folder: string): number | undefined {
  const { uid, gid, mode } = statSync(folder);
  const own = process.getuid?.();
  if (own === undefined || uid === own || uid === 0) return undefined;
  const isShared = (mode & 0o2000) !== 0 && process.getgroups?.().includes(gid) === true;
  return isShared ? undefined : uid;
}

function isRoot(): boolean {
  return process.getuid?.() === 0;
}
