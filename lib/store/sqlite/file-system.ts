import {
  existsSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  statfsSync,
  statSync,
} from 'node:fs';
import { dirname, resolve } from 'node:path';
import { type Mount, mountOf, parseMountCommand, parseMountInfo } from './mounts.ts';

/**
 * How far a file system can be relied on:
 * - `local`: a disk of this machine, where processes share memory;
 * - `shared`: a folder that another program serves, such as a virtual machine's host: its locks hold
 *   among the processes of this machine, and shared memory can fail silently;
 * - `network`: many machines use it, and what one has locked or written another may not see in time.
 */
export interface FileSystem {
  readonly kind: 'local' | 'shared' | 'network';
  /** As people know it. */
  readonly name: string;
}

/** File system types of Linux's statfs(2) that need a closer look; all others are local disks. */
const doubtful: ReadonlyMap<number, FileSystem> = new Map(
  (
    [
      [0x6969, 'network', 'NFS'],
      [0x517b, 'network', 'SMB'],
      [0xff534d42, 'network', 'CIFS'],
      [0xfe534d42, 'network', 'SMB2'],
      [0x5346414f, 'network', 'AFS'],
      [0x6b414653, 'network', 'AFS'],
      [0x73757245, 'network', 'Coda'],
      [0x564c, 'network', 'NCP'],
      [0x0bd00bd0, 'network', 'Lustre'],
      [0x00c36400, 'network', 'Ceph'],
      [0x47504653, 'network', 'GPFS'],
      [0x19830326, 'network', 'BeeGFS'],
      [0xaad7aaea, 'network', 'PanFS'],
      [0x20030528, 'network', 'OrangeFS'],
      [0xbeefdead, 'network', 'SNFS'],
      [0x013111a8, 'network', 'IBRIX'],
      [0x61636673, 'network', 'ACFS'],
      [0x01161970, 'network', 'GFS2'],
      [0x7461636f, 'network', 'OCFS2'],
      [0x01021997, 'shared', '9P'],
      [0x65735546, 'shared', 'FUSE'],
      [0x786f4256, 'shared', 'vboxsf'],
      [0xbacbacbc, 'shared', 'hgfs'],
      [0x7c7c6673, 'shared', 'prl_fs'],
    ] as const
  ).map(([type, kind, name]) => [type, { kind, name }]),
);

/** The same by the names that mount tables use; what FUSE serves is known by its name alone. */
const names: readonly (readonly [RegExp, FileSystem['kind']])[] = [
  [/^(nfs\d?|smb\w*|cifs|afs|coda|ncpfs|ceph|lustre|gpfs|beegfs|webdav|afpfs|ftp)$/, 'network'],
  [
    /^(macfuse|osxfuse|fuse)[._-]?(sshfs|s3fs|s3ql|rclone|glusterfs|ceph\S*|gcsfuse|goofys|juicefs|mfs|moosefs|lizardfs|seaweedfs|weed|davfs\d?|curlftpfs|gvfsd-fuse|smbnetfs|blobfuse\d?|mountpoint-s3|nfs)$/i,
    'network',
  ],
  // A disk of this machine, served by a program: NTFS, exFAT.
  [/^fuseblk$/, 'local'],
  [/^((mac|osx)?fuse(\.\S+)?|virtiofs|vboxsf|vmhgfs|prl_fs|9p)$/, 'shared'],
];

/** What is asked of the system; tests answer it themselves. */
export interface SystemFacts {
  readonly platform: NodeJS.Platform;
  /** The type that statfs(2) gives for an existing path. */
  typeOf(path: string): number;
  /** Whether an existing path is on the disk that the system itself is on. */
  isOnSystemDisk(path: string): boolean;
  /** The mount table. */
  mounts(): readonly Mount[];
}

const ofThisSystem: SystemFacts = {
  platform: process.platform,
  typeOf: (path) => Number(statfsSync(path).type) >>> 0,
  isOnSystemDisk,
  mounts: () => (process.platform === 'linux' ? linuxMounts() : printedMounts()),
};

const aDisk: FileSystem = { kind: 'local', name: 'a disk' };

/** Judges the file system on which a file lies, or will lie, behind all links. */
export function judgeFileSystem(path: string, facts = ofThisSystem): FileSystem {
  const real = nearestReal(path);
  const isLinux = facts.platform === 'linux';
  // Elsewhere the numbers are given out as file systems are loaded, and a process tells the names.
  const byType = isLinux ? doubtful.get(facts.typeOf(real)) : undefined;
  if (isLinux ? byType === undefined : facts.isOnSystemDisk(real)) return aDisk;
  const mount = mountOf(real, facts.mounts());
  if (mount === undefined) return byType ?? aDisk;
  const [, kind] = names.find(([pattern]) => pattern.test(mount.type)) ?? [];
  if (kind !== undefined) return { kind, name: mount.type };
  if (byType !== undefined) return byType;
  return { kind: mount.isLocal === false ? 'network' : 'local', name: mount.type };
}

/** The path behind all links, of what there is of it: a link may lead to what is not made yet. */
function nearestReal(path: string): string {
  let at = path;
  for (let steps = 0; steps < 100; steps += 1) {
    if (existsSync(at)) return realpathSync.native(at);
    at = linkTarget(at) ?? dirname(at);
  }
  return dirname(path);
}

function linkTarget(path: string): string | undefined {
  try {
    return resolve(dirname(path), readlinkSync(path));
  } catch {
    return undefined;
  }
}

/** macOS mounts its data beside what is sealed. */
function isOnSystemDisk(path: string): boolean {
  const { dev } = statSync(path);
  return ['/', '/System/Volumes/Data'].some(
    (root) => statSync(root, { throwIfNoEntry: false })?.dev === dev,
  );
}

function linuxMounts(): readonly Mount[] {
  try {
    return parseMountInfo(readFileSync('/proc/self/mountinfo', 'utf8'));
  } catch {
    // A container may hide it.
    return [];
  }
}

function printedMounts(): readonly Mount[] {
  const { spawnSync } = process.getBuiltinModule('node:child_process');
  const { stdout } = spawnSync('/sbin/mount', { encoding: 'utf8', timeout: 2_000 });
  return parseMountCommand(stdout ?? '');
}
