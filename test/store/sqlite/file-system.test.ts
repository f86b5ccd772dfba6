import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { judgeFileSystem, type SystemFacts } from '../../../lib/store/sqlite/file-system.ts';
import { parseMountCommand, parseMountInfo } from '../../../lib/store/sqlite/mounts.ts';

const fuse = 0x65735546;
const ext4 = 0xef53;

function linux(type: number, mounts = ''): SystemFacts {
  return {
    platform: 'linux',
    typeOf: () => type,
    isOnSystemDisk: () => false,
    mounts: () => parseMountInfo(mounts),
  };
}

function mount(point: string, type: string): string {
  return `36 35 98:0 / ${point} rw,noatime master:1 - ${type} source rw,errors=continue`;
}

test.for([
  ['NFS', 0x6969, 'nfs4', 'network'],
  ['SMB', 0xfe534d42, 'cifs', 'network'],
  ['AFS', 0x5346414f, 'afs', 'network'],
  ['Lustre', 0x0bd00bd0, 'lustre', 'network'],
  ['Ceph', 0x00c36400, 'ceph', 'network'],
  ['GPFS', 0x47504653, 'gpfs', 'network'],
  ['BeeGFS', 0x19830326, 'beegfs', 'network'],
  ['SSHFS', fuse, 'fuse.sshfs', 'network'],
  ['S3', fuse, 'fuse.s3fs', 'network'],
  ['Gluster', fuse, 'fuse.glusterfs', 'network'],
  ['virtiofs', fuse, 'virtiofs', 'shared'],
  ['an unknown program', fuse, 'fuse.something', 'shared'],
  ['an encrypted folder', fuse, 'fuse.gocryptfs', 'shared'],
  ['FUSE without a name', fuse, 'fuse', 'shared'],
  ['VirtualBox', 0x786f4256, 'vboxsf', 'shared'],
  ['VMware', 0xbacbacbc, 'fuse.vmhgfs-fuse', 'shared'],
  ['9p', 0x01021997, '9p', 'shared'],
  ['a disk with NTFS', fuse, 'fuseblk', 'local'],
  ['ext4', ext4, 'ext4', 'local'],
  ['tmpfs', 0x01021994, 'tmpfs', 'local'],
  ['overlayfs', 0x794c7630, 'overlay', 'local'],
  ['btrfs', 0x9123683e, 'btrfs', 'local'],
  ['xfs', 0x58465342, 'xfs', 'local'],
] as const)(
  '%s is a file system of its kind, with and without a mount table',
  ([, type, name, kind]) => {
    expect(judgeFileSystem('/', linux(type, mount('/', name))).kind).toBe(kind);
    const alone = judgeFileSystem('/', linux(type)).kind;
    expect(alone).toBe(type === fuse ? 'shared' : kind);
  },
);

test('a type number that is negative counts as the same', () => {
  const facts = { ...linux(0), typeOf: () => (0xff534d42 | 0) >>> 0 };
  expect(judgeFileSystem('/', facts).kind).toBe('network');
});

test('the longest mount point counts, the last mount on it, and not a name that begins alike', () => {
  const base = realpathSync(mkdtempSync(join(tmpdir(), 'docket-mounts-')));
  onTestFinished(() => rmSync(base, { recursive: true, force: true, maxRetries: 10 }));
  const folder = join(base, 'my data');
  mkdirSync(folder);
  const escaped = folder.replace(' ', '\\040');
  const table = [
    mount('/', 'ext4'),
    mount(escaped, 'fuse.sshfs'),
    mount(`${escaped}2`, 'nfs4'),
    mount(escaped, 'fuseblk'),
    mount(base, 'fuse.sshfs'),
  ].join('\n');
  const file = join(folder, 'docket.db');
  expect(judgeFileSystem(file, linux(fuse, table))).toEqual({ kind: 'local', name: 'fuseblk' });
  expect(judgeFileSystem(base, linux(fuse, table)).name).toBe('fuse.sshfs');
});

test('a file is judged where its links lead, also one that is still to be made', () => {
  const base = realpathSync(mkdtempSync(join(tmpdir(), 'docket-links-')));
  onTestFinished(() => rmSync(base, { recursive: true, force: true, maxRetries: 10 }));
  const [far, near] = [join(base, 'far'), join(base, 'near')];
  mkdirSync(join(far, 'deep'), { recursive: true });
  mkdirSync(near);
  writeFileSync(join(far, 'there.db'), '');
  symlinkSync(join(far, 'there.db'), join(near, 'there.db'));
  symlinkSync('../far/missing.db', join(near, 'missing.db'));
  symlinkSync(join(far, 'deep'), join(near, 'deep'));
  symlinkSync('loop.db', join(near, 'loop.db'));
  const facts: SystemFacts = {
    ...linux(ext4),
    typeOf: (path) => (path.startsWith(far) ? 0x6969 : ext4),
    mounts: () => parseMountInfo(mount(far, 'nfs')),
  };
  for (const name of ['there.db', 'missing.db', 'deep/docket.db', 'deep/more/docket.db']) {
    expect(judgeFileSystem(join(near, name), facts), name).toEqual({
      kind: 'network',
      name: 'nfs',
    });
  }
  for (const name of ['own.db', 'loop.db', 'more/own.db']) {
    expect(judgeFileSystem(join(near, name), facts).kind, name).toBe('local');
  }
});

test('macOS tells by its mount command what is on this machine', () => {
  const text = `/dev/disk3s1s1 on / (apfs, sealed, local, read-only, journaled)
devfs on /dev (devfs, local, nobrowse)
/dev/disk3s5 on /System/Volumes/Data (apfs, local, journaled, nobrowse, protect)
map auto_home on /System/Volumes/Data/home (autofs, automounted, nobrowse)
//alice@nas.example.com/web on /Volumes/my web (smbfs, nodev, nosuid, mounted by alice)
nas.example.com:/web on /Volumes/nfs (nfs, nodev, nosuid)
alice@host: on /Volumes/ssh (macfuse, nodev, nosuid, synchronous)
something on /Volumes/new (newfs, nodev)
/dev/disk4s1 on /Volumes/stick (exfat, local, nodev)`;
  const at = (point: string) =>
    judgeFileSystem('/', {
      platform: 'darwin',
      typeOf: () => 0,
      isOnSystemDisk: () => false,
      mounts: () =>
        parseMountCommand(text)
          .filter((each) => each.point === point)
          .map((each) => ({ ...each, point: '/' })),
    });
  expect(at('/System/Volumes/Data').kind).toBe('local');
  expect(at('/Volumes/stick').kind).toBe('local');
  expect(at('/Volumes/my web')).toEqual({ kind: 'network', name: 'smbfs' });
  expect(at('/Volumes/nfs').kind).toBe('network');
  expect(at('/Volumes/ssh').kind).toBe('shared');
  expect(at('/Volumes/new').kind).toBe('network');
  expect(at('/missing').kind).toBe('local');
  const onSystemDisk = judgeFileSystem('/', {
    platform: 'darwin',
    typeOf: () => 0,
    isOnSystemDisk: () => true,
    mounts: () => {
      throw new Error('no process is started for it');
    },
  });
  expect(onSystemDisk.kind).toBe('local');
});

test('this machine’s own folder for temporary files is judged without a complaint', () => {
  expect(['local', 'shared', 'network']).toContain(judgeFileSystem(tmpdir()).kind);
});
