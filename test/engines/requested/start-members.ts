import type { RunningServer } from '../running-server.ts';
import type { RequestedServers } from './servers.ts';

/** Starts the members of a cluster one after another; none is left when one does not start. */
export async function startMembers<T>(
  each: readonly T[],
  start: (member: T, index: number) => Promise<RunningServer>,
): Promise<RequestedServers> {
  const members: RunningServer[] = [];
  const stop = async (): Promise<void> => {
    await Promise.all(members.map((member) => member.stop()));
  };
  try {
    for (const [index, member] of each.entries()) members.push(await start(member, index));
  } catch (error) {
    await stop();
    throw error;
  }
  const [first, ...others] = members;
  if (first === undefined) throw new Error('a cluster has members');
  return { members: [first, ...others], stop };
}
