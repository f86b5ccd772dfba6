import type { Access } from '../lib/access/permissions.ts';

const open: ReadonlySet<string> = new Set([
  ...['list', 'ready', 'show', 'checklist', 'runs', 'log', 'recap', 'search', 'stats', 'where'],
  ...['note', 'doctor', 'billing'],
  ...['client', 'project', 'infra', 'insight', 'work-item'].flatMap((noun) => [
    `${noun} list`,
    `${noun} show`,
  ]),
]);

/** What a command needs. */
export function accessOf(name: string): Access {
  return open.has(name) ? 'look' : 'manage';
}
