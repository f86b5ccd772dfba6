/** What a file system is called, and where it is mounted. */
export interface Mount {
  readonly point: string;
  /** As the system names it: `ext4`, `nfs4`, `fuse.sshfs`, `virtiofs`, `apfs`. */
  readonly type: string;
  /** Whether the system says that it is on this machine; undefined where it does not tell. */
  readonly isLocal?: boolean;
}

/** Finds the file system of a path without links: of the longest mount point, the last mount. */
export function mountOf(path: string, mounts: readonly Mount[]): Mount | undefined {
  let found: Mount | undefined;
  for (const mount of mounts) {
    const { point } = mount;
    const isAbove = path === point || path.startsWith(point === '/' ? '/' : `${point}/`);
    if (isAbove && point.length >= (found?.point.length ?? 0)) found = mount;
  }
  return found;
}

/** Reads Linux's `/proc/self/mountinfo` (proc(5)). */
export function parseMountInfo(text: string): readonly Mount[] {
  return text.split('\n').flatMap((line) => {
    const [before = '', after = ''] = line.split(' - ');
    const point = before.split(' ')[4];
    const [type] = after.split(' ');
    return point === undefined || !type ? [] : [{ point: unescaped(point), type }];
  });
}

/** A space, a tab, a line end and a backslash stand as three octal digits. */
function unescaped(text: string): string {
  return text.replace(/\\([0-7]{3})/g, (_, digits) =>
    String.fromCharCode(Number.parseInt(digits, 8)),
  );
}

/** Reads what `mount` prints on macOS: `//alice@host/web on /Volumes/web (smbfs, nodev)`. */
export function parseMountCommand(text: string): readonly Mount[] {
  return text.split('\n').flatMap((line) => {
    const [, point, facts = ''] = /^.*? on (\/.*) \(([^()]*)\)$/.exec(line) ?? [];
    const [type, ...options] = facts.split(', ');
    return point === undefined || !type
      ? []
      : [{ point, type, isLocal: options.includes('local') }];
  });
}
