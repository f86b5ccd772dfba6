import type { Host } from '../../../model/connection.ts';
import { StoreError } from '../../errors.ts';
import { spellPlace } from './explain-outage.ts';
import { readMember, writeMember } from './member-file.ts';
import type { MysqlTarget } from './target.ts';

/** The members that a target names, the one that is tried first before the others. */
export function membersOf({ host, port, others = [] }: MysqlTarget): readonly Host[] {
  return [{ host, port }, ...others];
}

/** The target with its members in another order. */
export function inOrder(target: MysqlTarget, order: readonly Host[]): MysqlTarget {
  const [{ host, port } = target, ...others] = order;
  return { ...target, host, port, others };
}

/** Puts the member first that served last, as far as this machine remembers. */
export function recallMember(target: MysqlTarget): MysqlTarget {
  const members = membersOf(target);
  const last = target.memberFile && readMember(target.memberFile);
  const isLast = (each: Host): boolean => spellPlace(each) === last;
  return inOrder(target, [...members.filter(isLast), ...members.filter((each) => !isLast(each))]);
}

/** Remembers that a member has served. That it cannot be kept is no failure. */
export function rememberMember(target: MysqlTarget): void {
  const { memberFile } = target;
  const name = spellPlace(target);
  if (memberFile !== undefined && readMember(memberFile) !== name) writeMember(memberFile, name);
}

/** Puts the first member behind the others, as one that is away or may not serve. */
export function passOver(target: MysqlTarget): MysqlTarget {
  const [first, ...others] = membersOf(target);
  return first === undefined ? target : inOrder(target, [...others, first]);
}

export function isCluster({ others = [] }: MysqlTarget): boolean {
  return others.length > 0;
}

/**
 * Says that no member serves: what one of them says, and who the others are.
 *
 * @param failures by the members' hosts and ports
 */
export function noMember(failures: ReadonlyMap<string, StoreError>): StoreError {
  const all = [...failures];
  // A server that is full lives, and may have a connection to spare in a moment.
  const told = all.find(([, { code }]) => code === 'too_many_connections') ?? all[0];
  if (told === undefined) return new StoreError('failed', 'a cluster has members');
  const [member, { code, message, cause }] = told;
  const others = [...failures.keys()].filter((each) => each !== member);
  return new StoreError(code, `${message}; nor can ${others.join(' or ')} be used`, { cause });
}
