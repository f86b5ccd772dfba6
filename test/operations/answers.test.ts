import { expect, test } from 'vitest';
import * as z from 'zod/mini';
import { catalogue } from '../../lib/operations/catalogue.ts';

interface Shape {
  readonly type?: string;
  readonly anyOf?: readonly Shape[];
  readonly properties?: Readonly<Record<string, Shape>>;
}

/** Whoever keeps a session alive, or the last list, looks for tasks in every answer. */
test('what an answer calls a task is one, and what it calls tasks is a list', async () => {
  let found = 0;
  for (const load of Object.values(catalogue)) {
    const { name, answer } = await load();
    const schema = z.toJSONSchema(await answer(), { unrepresentable: 'any' }) as Shape;
    for (const { properties = {} } of schema.anyOf ?? [schema]) {
      const { task, tasks } = properties;
      if (tasks !== undefined) expect(tasks.type, name).toBe('array');
      if (task?.type !== undefined) expect(task.type, name).toBe('object');
      found += tasks === undefined ? 0 : 1;
    }
  }
  expect(found).toBeGreaterThan(5);
});
