import { expect, test } from 'vitest';
import { OutboxAnswer } from '../../lib/model/answers/queued.ts';
import type { CliHarness } from '../cli/cli-harness.ts';
import { dolt, mariadb } from '../engines/engines.ts';
import { listBehindProxy } from './behind-proxy.ts';

/** The pieces of a connection after which it is cut: from the greeting to beyond a COMMIT. */
const cuts = Array.from({ length: 11 }, (_, index) => index);

const textsOf = async (alice: CliHarness, key: string) =>
  (await alice.show(key)).notes.map(({ text }) => text);

for (const engine of [mariadb, dolt]) {
  test(`a note that meets a cut connection on ${engine.name} is there once at most, and once where it was acknowledged`, async (context) => {
    const { alice, proxy } = await listBehindProxy(engine, context);
    const key = await alice.create('Task');
    const acknowledged: string[] = [];
    const ends = new Set<string>();
    for (const cut of cuts) {
      proxy.after(cut, 'end');
      const { exitCode, stdout } = await alice.run('note', key, `note ${cut}`);
      if (exitCode === 0) acknowledged.push(`note ${cut}`);
      ends.add(exitCode === 0 ? (stdout.split(/[: ]/)[0] ?? '') : String(exitCode));
      proxy.mend();
      // It sends what was queued.
      await alice.text('list');
    }
    const texts = await textsOf(alice, key);
    expect(new Set(texts).size).toBe(texts.length);
    expect(acknowledged.filter((text) => !texts.includes(text))).toEqual([]);
    expect([...ends]).toEqual(expect.arrayContaining(['queued', 'Noted']));
    expect((await alice.json(OutboxAnswer, 'outbox', 'list')).entries).toEqual([]);
  });

  test(`a queued note whose sending is cut on ${engine.name} arrives once`, async (context) => {
    const { alice, proxy } = await listBehindProxy(engine, context);
    const key = await alice.create('Task');
    for (const cut of cuts) {
      proxy.after(0, 'end');
      expect(await alice.text('note', key, `note ${cut}`)).toContain('queued: note');
      proxy.after(cut, 'end');
      await alice.run('list');
      proxy.mend();
      await alice.text('list');
    }
    expect(await textsOf(alice, key)).toEqual(cuts.map((cut) => `note ${cut}`));
    expect((await alice.json(OutboxAnswer, 'outbox', 'list')).entries).toEqual([]);
  });
}
