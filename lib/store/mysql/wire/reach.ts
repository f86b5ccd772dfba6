import type { Socket } from 'node:net';
import type { Host } from '../../../model/connection.ts';
import type { StoreError } from '../../errors.ts';
import { awaitEvent, connectSocket, openSocket } from './connect-socket.ts';
import { translateMysqlError } from './errors.ts';
import { spellPlace } from './explain-outage.ts';
import { inOrder, isCluster, membersOf, noMember, recallMember } from './members.ts';
import type { MysqlTarget } from './target.ts';

/** A server that can be talked to, and the target with that member first. */
export interface Reached {
  /** Nobody has read from it. */
  readonly socket: Socket;
  readonly target: MysqlTarget;
}

/**
 * Milliseconds that a member has to accept, and again to greet, before the next one is tried beside
 * it: two that are silent leave a hook 100 of its 400.
 */
const patience = 150;

/**
 * Connects to a server, of a cluster to the first member that greets. Most members are away because
 * nobody listens there, which is heard at once; a silent one is not waited for. This is loaded before
 * the driver, which a process that nobody answers need not load: that would be half of its time.
 *
 * @throws StoreError `unreachable`
 */
export async function reach(target: MysqlTarget): Promise<Reached> {
  if (!isCluster(target)) return { socket: await connectSocket(target), target };
  return reachFirst(target);
}

/** Reaches a server as `reach` does, of a cluster the member that served last before the others. */
export function reachRemembered(target: MysqlTarget): Promise<Reached> {
  return reach(recallMember(target));
}

function reachFirst(target: MysqlTarget): Promise<Reached> {
  const members = membersOf(target);
  const sockets: Socket[] = [];
  const failures = new Map<string, StoreError>();
  let timer: NodeJS.Timeout | undefined;
  let isOver = false;

  return new Promise((resolve, reject) => {
    function tryNext(): void {
      const member = members[sockets.length];
      if (member === undefined) return;
      const place = inOrder(target, [member]);
      const socket = openSocket(place);
      sockets.push(socket);
      greeted(socket, place, giveTime).then(
        () => take(member, socket),
        (error: StoreError) => giveUp(member, { socket, error }),
      );
      giveTime(socket);
    }

    function giveTime(socket: Socket): void {
      if (socket !== sockets.at(-1)) return;
      clearTimeout(timer);
      timer = setTimeout(tryNext, patience);
    }

    function take(member: Host, socket: Socket): void {
      isOver = true;
      clearTimeout(timer);
      for (const other of sockets) if (other !== socket) other.destroy(new Error('not needed'));
      const others = members.filter((each) => each !== member);
      const hasFailed = (each: Host): boolean => failures.has(spellPlace(each));
      const order = [...others.filter((each) => !hasFailed(each)), ...others.filter(hasFailed)];
      resolve({ socket, target: inOrder(target, [member, ...order]) });
    }

    function giveUp(member: Host, { socket, error }: { socket: Socket; error: StoreError }): void {
      if (isOver) return;
      failures.set(spellPlace(member), error);
      if (failures.size === members.length) {
        clearTimeout(timer);
        reject(noMember(failures));
      } else if (socket === sockets.at(-1)) tryNext();
    }

    tryNext();
  });
}

/** Waits until a server has said something, and leaves it to be read. @throws StoreError */
async function greeted(
  socket: Socket,
  place: MysqlTarget,
  onAccept: (socket: Socket) => void,
): Promise<void> {
  await awaitEvent(socket, 'connect', { place });
  onAccept(socket);
  await awaitEvent(socket, 'readable', { place });
  if (socket.readableLength > 0) return;
  socket.destroy();
  throw translateMysqlError(hangUp(), place);
}

function hangUp(): Error {
  return Object.assign(new Error('it hung up'), { code: 'ECONNRESET' });
}
