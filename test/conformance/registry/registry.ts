import { expect, test } from 'vitest';
import { clientOperations } from '../../../lib/operations/client.ts';
import { readLog } from '../../../lib/tracker/reads/log.ts';
import {
  clientVerbs,
  infrastructureVerbs,
  projectVerbs,
} from '../../../lib/tracker/registry/fields.ts';
import {
  addRegistryEntry,
  archiveRegistryEntry,
  changeRegistryEntry,
  listRegistryEntries,
  showRegistryEntry,
} from '../../../lib/tracker/registry/verbs.ts';
import { call } from '../call.ts';
import type { TestLists } from '../test-lists.ts';

/** Clients, projects and infrastructure: made, found by name, changed, taken out of use. */
export function registrySuite(lists: TestLists): void {
  test('a client is found by its name, its slug and in any spelling of them', async () => {
    const list = await lists.list();
    const { client: made } = await call(list, clientOperations.add, {
      name: ' Müller & Söhne GmbH ',
      note: 'VIP',
    });
    expect(made).toMatchObject({
      slug: 'muller-sohne-gmbh',
      name: 'Müller & Söhne GmbH',
      note: 'VIP',
      roundingMinutes: 1,
      roundingMode: 'up',
      timeZone: null,
      rate: null,
      currency: null,
      archivedAt: null,
      createdBy: 'alice@one',
    });
    for (const name of ['Müller & Söhne GmbH', 'muller-sohne-gmbh', 'MÜLLER  SÖHNE gmbh.']) {
      expect(await showRegistryEntry(list, clientVerbs, name)).toEqual(made);
    }
  });

  test('names in any script, and names that begin with digits, are names', async () => {
    const list = await lists.list();
    for (const name of [
      '株式会社あさひ',
      '株式会社さくら',
      '3M',
      '7 Eleven',
      'Ещё Одна',
      'हिन्दी',
    ]) {
      const made = await addRegistryEntry(list, clientVerbs, { name });
      expect(await showRegistryEntry(list, clientVerbs, name)).toEqual(made);
    }
    expect(await listRegistryEntries(list, clientVerbs)).toHaveLength(6);
  });

  test('a name is given once in a workspace, whatever its spelling', async () => {
    const list = await lists.list();
    await addRegistryEntry(list, clientVerbs, { name: 'Acme Corp' });
    await expect(addRegistryEntry(list, clientVerbs, { name: 'acme-corp' })).rejects.toMatchObject({
      code: 'conflict',
      message: 'there is a client acme-corp already',
    });
    await addRegistryEntry(list, projectVerbs, { name: 'Acme Corp' });
    const other = await lists.list();
    await addRegistryEntry(other, clientVerbs, { name: 'Acme Corp' });
    const { events } = await readLog(list, { limit: 10 });
    expect(events.map(({ verb, new: value }) => [verb, value])).toEqual([
      ['added', { project: 'acme-corp', name: 'Acme Corp' }],
      ['added', { client: 'acme-corp', name: 'Acme Corp' }],
    ]);
  });

  test('an unknown name is said with what is near it', async () => {
    const list = await lists.list();
    await addRegistryEntry(list, clientVerbs, { name: 'Dataforge' });
    await expect(showRegistryEntry(list, clientVerbs, 'Dataforce')).rejects.toMatchObject({
      code: 'not_found',
      hint: expect.stringContaining('did you mean dataforge?'),
    });
    await expect(showRegistryEntry(list, projectVerbs, 'x')).rejects.toMatchObject({
      code: 'not_found',
      hint: 'docket project add NAME makes one',
    });
  });

  test('what is no name, no rounding and no known client is refused, and nothing is written', async () => {
    const list = await lists.list();
    const wrong = [
      { name: '  ' },
      { name: '--- !' },
      { name: 'a\nb' },
      { name: 'x'.repeat(201) },
      { name: 'x', rounding_minutes: 0 },
      { name: 'x', rounding_minutes: 1.5 },
      { name: 'x', rounding_minutes: 481 },
      { name: 'x', rate: -1 },
      { name: 'x', rate: 1.5 },
      { name: 'x', rate: 1_000_000_000 },
      { name: 'x', currency: 'ZZZ' },
    ];
    for (const input of wrong) {
      await expect(call(list, clientOperations.add, input)).rejects.toMatchObject({
        code: 'invalid_input',
      });
    }
    await expect(
      addRegistryEntry(list, projectVerbs, { name: 'Site', client: 'nobody' }),
    ).rejects.toMatchObject({ code: 'not_found' });
    expect((await readLog(list, { limit: 10 })).events).toEqual([]);
  });

  test('a change is told, keeps what it does not name, and takes values away', async () => {
    const list = await lists.list();
    await addRegistryEntry(list, clientVerbs, { name: 'Acme' });
    await addRegistryEntry(list, projectVerbs, {
      name: 'Site',
      client: 'Acme',
      repository: 'example/site',
      feature_spec: 'Dark mode',
    });
    const changed = await changeRegistryEntry(list, projectVerbs, {
      name: 'site',
      patch: { name: 'Web Site', repository: '', client: null },
    });
    expect(changed).toMatchObject({
      slug: 'web-site',
      name: 'Web Site',
      client: null,
      repository: null,
      featureSpec: 'Dark mode',
    });
    await expect(showRegistryEntry(list, projectVerbs, 'Site')).rejects.toMatchObject({
      code: 'not_found',
    });
    const { events } = await readLog(list, { limit: 1 });
    expect(events[0]).toMatchObject({
      verb: 'updated',
      task: null,
      old: { project: 'site', name: 'Site', repository: 'example/site' },
      new: { project: 'web-site', name: 'Web Site', repository: null },
    });
  });

  test('a change that changes nothing leaves no trace, and one that says nothing is refused', async () => {
    const list = await lists.list();
    await addRegistryEntry(list, infrastructureVerbs, { name: 'NAS 1', kind: 'nas' });
    await changeRegistryEntry(list, infrastructureVerbs, { name: 'nas-1', patch: { kind: 'nas' } });
    expect((await readLog(list, { limit: 10 })).events).toHaveLength(1);
    const nothing = changeRegistryEntry(list, infrastructureVerbs, { name: 'nas-1', patch: {} });
    await expect(nothing).rejects.toMatchObject({ code: 'usage' });
  });

  test('an archived one is out of the list and its name stays its own, until it is restored', async () => {
    const list = await lists.list();
    await addRegistryEntry(list, clientVerbs, { name: 'Acme' });
    const archived = await archiveRegistryEntry(list, clientVerbs, { name: 'acme' });
    expect(archived.archivedAt).toMatch(/Z$/);
    expect(await archiveRegistryEntry(list, clientVerbs, { name: 'acme' })).toEqual(archived);
    expect(await listRegistryEntries(list, clientVerbs)).toEqual([]);
    expect(await listRegistryEntries(list, clientVerbs, { withArchived: true })).toHaveLength(1);
    await expect(addRegistryEntry(list, clientVerbs, { name: 'ACME' })).rejects.toMatchObject({
      code: 'conflict',
      message: 'there is a client acme already, which is archived',
    });
    await expect(
      addRegistryEntry(list, projectVerbs, { name: 'Site', client: 'Acme' }),
    ).rejects.toMatchObject({ code: 'invalid_input', hint: expect.stringContaining('--restore') });
    const restored = await archiveRegistryEntry(list, clientVerbs, {
      name: 'acme',
      isRestored: true,
    });
    expect(restored.archivedAt).toBeNull();
    const { events } = await readLog(list, { limit: 10 });
    expect(events.map(({ verb }) => verb)).toEqual(['restored', 'archived', 'added']);
  });
}
