import type { EntryTasks } from '../../lib/model/answers/entry-tasks.ts';
import type { RegistryEntryView } from '../../lib/model/answers/registry.ts';
import type { Operation } from '../../lib/operations/operation.ts';
import {
  renderRegistryChange,
  renderRegistryEntries,
  renderRegistryEntry,
} from '../../lib/render/registry/entries.ts';
import { renderEntryTasks } from '../../lib/render/task/entry-tasks.ts';
import { withHint } from '../../lib/render/text/hint.ts';
import type { Flags, FlagValues, Noun } from '../command/command.ts';
import { operationCommand } from '../command/operation-command.ts';
import type { CommandIo } from '../terminal/io.ts';
import { readOptionalText } from '../terminal/read-text.ts';

/** The input that every kind of entry has. */
interface Named {
  readonly name: string;
  readonly note?: string | undefined;
}

type Noted = { readonly note: string | undefined };

/** The facts in which clients, projects and infrastructure differ on the command line. */
export interface RegistryNoun<
  Add extends Named,
  Update extends Named,
  One,
  Many,
  Detail extends One,
  F extends Flags,
> {
  readonly summary: string;
  readonly operations: {
    readonly add: Operation<Add, One>;
    readonly list: Operation<{ archived?: boolean | undefined }, Many>;
    readonly show: Operation<{ name: string }, Detail>;
    readonly update: Operation<Update, One>;
    readonly archive: Operation<{ name: string; restore?: boolean | undefined }, One>;
  };
  /** The noun in messages and answers. */
  readonly noun: 'client' | 'project' | 'infrastructure';
  /** The name of the command. */
  readonly word: string;
  one(answer: One): RegistryEntryView;
  many(answer: Many): readonly RegistryEntryView[];
  /** Gives the tasks of an entry, for the kinds that tell them. */
  tasks?(answer: Detail): EntryTasks;
  /** The flags of `add` and `update` beyond the note. */
  readonly flags: F;
  /** Reads the fields that those flags give. */
  readFields(
    flags: FlagValues<F>,
    io: CommandIo,
  ): NoInfer<Omit<Add, keyof Named>> | Promise<NoInfer<Omit<Add, keyof Named>>>;
  /** A name for the examples, and flags to show with it. */
  readonly example: { readonly name: string; readonly flags: string };
}

const noteFlag = {
  note: { type: 'string', value: 'TEXT', description: 'what to know of it; - for stdin' },
} as const satisfies Flags;

/** Makes the five verbs that clients, projects and infrastructure have alike. */
export function registryNoun<
  Add extends Named,
  Update extends Named,
  One,
  Many,
  Detail extends One,
  const F extends Flags,
>({
  summary,
  operations,
  noun,
  word,
  one,
  many,
  tasks,
  flags,
  readFields,
  example,
}: RegistryNoun<Add, Update, One, Many, Detail, F>): Noun {
  const quoted = /^[\w-]+$/.test(example.name) ? example.name : `'${example.name}'`;
  const words = { what: `${noun}:` };
  const changed = (verb: string, answer: One) =>
    renderRegistryChange(verb, { noun, view: one(answer) });
  // The values hold this noun's flags: the command line was parsed by a declaration with them in
  // it.
  const fieldsOf = async (values: Noted, io: CommandIo) => ({
    note: await readOptionalText(values.note, io),
    ...(await readFields(values as unknown as FlagValues<F>, io)),
  });

  const add = operationCommand({
    operation: operations.add,
    usage: 'NAME [--note TEXT]',
    args: { min: 1, max: 1 },
    flags: { ...flags, ...noteFlag },
    examples: [`docket ${word} add ${quoted} ${example.flags}`],
    input: async ({ args: [name = ''], flags: values, io }) =>
      ({ name, ...(await fieldsOf(values, io)) }) as unknown as Add,
    words,
    text: (answer) => changed('Added', answer),
  });

  const list = operationCommand({
    operation: operations.list,
    usage: '[--all]',
    args: { min: 0, max: 0 },
    flags: { all: { type: 'boolean', description: 'archived ones too' } },
    examples: [`docket ${word} list`, `docket ${word} list --all --json`],
    input: ({ flags: { all } }) => ({ archived: all }),
    text(answer, { io }) {
      const views = many(answer);
      return views.length === 0
        ? withHint('None yet.', `docket ${word} add NAME`, io.style)
        : renderRegistryEntries(views, io.style).join('\n');
    },
  });

  const show = operationCommand({
    operation: operations.show,
    usage: 'NAME',
    args: { min: 1, max: 1 },
    flags: {},
    examples: [`docket ${word} show ${quoted}`],
    input: ({ args: [name = ''] }) => ({ name }),
    text(answer, { session, io: { style } }) {
      const view = one(answer);
      const entry = renderRegistryEntry(view, style);
      if (tasks === undefined) return entry;
      const flag = `--${word} ${view.slug}`;
      return [entry, ...renderEntryTasks(tasks(answer), { flag, session, style })].join('\n');
    },
  });

  const update = operationCommand({
    operation: operations.update,
    usage: 'NAME [--name NAME] [--note TEXT]',
    args: { min: 1, max: 1 },
    flags: {
      name: { type: 'string', value: 'NAME', description: 'a better name' },
      ...flags,
      ...noteFlag,
    },
    examples: [`docket ${word} update ${quoted} ${example.flags}`],
    input: async ({ args: [name = ''], flags: values, io }) => {
      const fields = await fieldsOf(values, io);
      return { name, new_name: values.name, ...fields } as unknown as Update;
    },
    words: { ...words, fields: { new_name: `${noun}: name` } },
    text: (answer) => changed('Updated', answer),
  });

  const archive = operationCommand({
    operation: operations.archive,
    usage: 'NAME [--restore]',
    args: { min: 1, max: 1 },
    flags: { restore: { type: 'boolean', description: 'take it back into use' } },
    examples: [`docket ${word} archive ${quoted}`, `docket ${word} archive ${quoted} --restore`],
    input: ({ args: [name = ''], flags: { restore } }) => ({ name, restore }),
    text: (answer, { flags: { restore } }) => changed(restore ? 'Restored' : 'Archived', answer),
  });

  return { summary, verbs: { add, list, show, update, archive } };
}
