import * as z from 'zod/mini';
import type { RegistryEntry } from '../model/registry/entry.ts';
import {
  addRegistryEntry,
  archiveRegistryEntry,
  changeRegistryEntry,
  listRegistryEntries,
  type NamedInput,
  type Patch,
  type RegistryVerbs,
} from '../tracker/registry/verbs.ts';
import type { Scope } from '../tracker/scope.ts';
import { defineOperation, type Schema } from './operation.ts';

/** The name or slug of an entry. */
const name = z.string();

/** The words and schemas in which the operations on clients, projects and infrastructure differ. */
interface RegistryWords<
  T extends RegistryEntry,
  Input extends NamedInput,
  View,
  One,
  Many,
  Detail,
> {
  readonly verbs: RegistryVerbs<T, Input, View>;
  /** `a client`, say; `infrastructure` has no plural and takes no article. */
  readonly article: string;
  /** The entry's name, its new name, and the other fields. */
  readonly patch: Schema<{ name: string; new_name?: string | undefined } & Patch<Input>>;
  answer(): Promise<Schema<One>>;
  answers(): Promise<Schema<Many>>;
  /** Loads the schema of all that there is to say of one entry, and reads it by the name. */
  detail(): Promise<Schema<Detail>>;
  show(scope: Scope, name: string): Promise<Detail>;
  /** Makes the answer of one entry, and that of several. */
  one(view: View): One;
  many(views: View[]): Many;
}

/** Makes the five operations that clients, projects and infrastructure have alike. */
export function registryOperations<
  T extends RegistryEntry,
  Input extends NamedInput,
  View,
  One,
  Many,
  Detail,
>({
  verbs,
  article,
  patch,
  answer,
  answers,
  detail,
  show,
  one,
  many,
}: RegistryWords<T, Input, View, One, Many, Detail>) {
  const { command } = verbs.kind;
  return {
    add: defineOperation({
      name: `${command}.add`,
      access: 'person',
      summary: `Add ${article}`,
      input: verbs.schema,
      answer,
      run: async ({ scope }, input) => one(await addRegistryEntry(scope, verbs, input)),
    }),
    list: defineOperation({
      name: `${command}.list`,
      access: 'look',
      summary: 'All in use, by name',
      input: z.strictObject({ archived: z.optional(z.boolean()) }),
      answer: answers,
      run: async ({ scope }, { archived: withArchived = false }) =>
        many([...(await listRegistryEntries(scope, verbs, { withArchived }))]),
    }),
    show: defineOperation({
      name: `${command}.show`,
      access: 'look',
      summary: 'Everything about one, by its name or slug',
      input: z.strictObject({ name }),
      answer: detail,
      run: ({ scope }, input) => show(scope, input.name),
    }),
    update: defineOperation({
      name: `${command}.update`,
      access: 'person',
      summary: 'Change what is said of it',
      input: patch,
      answer,
      async run({ scope }, { name: which, new_name: newName, ...fields }) {
        const renamed = newName === undefined ? {} : { name: newName };
        const changes = { ...fields, ...renamed } as unknown as Patch<Input>;
        return one(await changeRegistryEntry(scope, verbs, { name: which, patch: changes }));
      },
    }),
    archive: defineOperation({
      name: `${command}.archive`,
      access: 'person',
      summary: 'Take it out of use; what was done for it stays',
      input: z.strictObject({ name, restore: z.optional(z.boolean()) }),
      answer,
      run: async ({ scope }, { name: which, restore: isRestored = false }) =>
        one(await archiveRegistryEntry(scope, verbs, { name: which, isRestored })),
    }),
  };
}
