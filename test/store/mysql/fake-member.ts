import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'vitest';
import { readMember } from '../../../lib/store/mysql/wire/member-file.ts';
import { type FakeServer, type Packets, startFakeServer } from './fake-server.ts';

/** What a member says to a text. */
export type Say = (packets: Packets, text: string) => void;

/** A member that lets everybody in and then says this to each text. */
export function member(test: TestContext, say: Say): Promise<FakeServer> {
  return startFakeServer(test, async (_, packets) => {
    packets.greet();
    await packets.next();
    packets.accept();
    for (;;) say(packets, (await packets.next()).subarray(1).toString());
  });
}

export function refusing(errno: number, message = 'no'): Say {
  return (packets) => packets.refuse(errno, message);
}

export const serving: Say = (packets, text) => packets.answer(text);

/** Says to the last statement of a text that holds `part`, or to the text, what `say` says. */
export function servingUntil(part: string, say: Say): Say {
  return (packets, text) => (text.includes(part) ? say(packets, text) : packets.answer(text));
}

/** The target of a cluster of these, and which of them was remembered. */
export function cluster(
  { onTestFinished }: TestContext,
  first: FakeServer,
  ...others: readonly FakeServer[]
) {
  const folder = mkdtempSync(join(tmpdir(), 'docket-members-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const target = {
    ...first.target,
    others: others.map(({ target: { host, port } }) => ({ host, port })),
    memberFile: join(folder, 'members/tasks'),
  };
  return { target, kept: () => readMember(target.memberFile) };
}
