import type { RegistryEntryView } from '../../lib/model/answers/registry.ts';
import type { RegistryEntry } from '../../lib/model/registry/entry.ts';
import {
  renderRegistryChange,
  renderRegistryEntries,
  renderRegistryEntry,
} from '../../lib/render/registry/entries.ts';
import {
  addRegistryEntry,
  archiveRegistryEntry,
  changeRegistryEntry,
  listRegistryEntries,
  type NamedInput,
  type Patch,
  type RegistryVerbs,
  showRegistryEntry,
} from '../../lib/tracker/registry/verbs.ts';
import type { Noun } from '../command/command.ts';
import { type CommandIo, defineCommand, type Flags, type FlagValues } from '../command/command.ts';
import { withScope } from '../command/with-scope.ts';
import { readText } from '../terminal/read-text.ts';

/** What a client, a project and infrastructure differ in on the command line. */
export interface RegistryNoun<
  T extends RegistryEntry,
  Input extends NamedInput,
  View,
  F extends Flags,
> {
  readonly summary: string;
  readonly verbs: RegistryVerbs<T, Input, View>;
  /** Key of several of them in `--json`; one stands under the noun itself. */
  readonly plural: string;
  /** Flags of `add` and `update` beyond the note. */
  readonly flags: F;
  /** The fields that those flags gave. */
  readFields(flags: FlagValues<F>, io: CommandIo): Patch<Omit<Input, 'name' | 'note'>>;
  /** A name for the examples, and what may be said of it. */
  readonly example: { readonly name: string; readonly flags: string };
}

const noteFlag = {
  note: { type: 'string', value: 'TEXT', description: 'what to know of it; - for stdin' },
} as const satisfies Flags;

/** The five verbs that clients, projects and infrastructure have alike. */
export function registryNoun<
  T extends RegistryEntry,
  Input extends NamedInput,
  View extends RegistryEntryView,
  const F extends Flags,
>({ summary, verbs, plural, flags, readFields, example }: RegistryNoun<T, Input, View, F>): Noun {
  const { noun, command: word } = verbs.kind;
  const quoted = /^[\w-]+$/.test(example.name) ? example.name : `'${example.name}'`;
  const one = { min: 1, max: 1 };
  const answer = (verb: string, view: View) => ({
    data: { [noun]: view },
    text: renderRegistryChange(verb, { noun, view }),
  });

  const add = defineCommand({
    // What has no plural takes no article.
    summary: plural === noun ? `Add ${noun}` : `Add a ${noun}`,
    usage: 'NAME [--note TEXT]',
    args: one,
    flags: { ...flags, ...noteFlag },
    examples: [`docket ${word} add ${quoted} ${example.flags}`],
    async run({ args: [name = ''], flags: values, io }) {
      const input = { name, ...readNote(values, io), ...fields(values, io) } as unknown as Input;
      return withScope({ flags: values, io }, async ({ scope }) =>
        answer('Added', await addRegistryEntry(scope, verbs, input)),
      );
    },
  });

  const list = defineCommand({
    summary: 'All in use, by name',
    usage: '[--all]',
    args: { min: 0, max: 0 },
    flags: { all: { type: 'boolean', description: 'archived ones too' } },
    examples: [`docket ${word} list`, `docket ${word} list --all --json`],
    async run({ flags: values, io }) {
      return withScope({ flags: values, io }, async ({ scope }) => {
        const views = await listRegistryEntries(scope, verbs, { withArchived: values.all });
        const empty = `None yet. docket ${word} add NAME makes one.`;
        const text = views.length === 0 ? empty : renderRegistryEntries(views, io.style).join('\n');
        return { data: { [plural]: views }, text };
      });
    },
  });

  const show = defineCommand({
    summary: 'Everything about one, by its name or slug',
    usage: 'NAME',
    args: one,
    flags: {},
    examples: [`docket ${word} show ${quoted}`],
    async run({ args: [name = ''], flags: values, io }) {
      return withScope({ flags: values, io }, async ({ scope }) => {
        const view = await showRegistryEntry(scope, verbs, name);
        return { data: { [noun]: view }, text: renderRegistryEntry(view, io.style) };
      });
    },
  });

  const update = defineCommand({
    summary: 'Change what is said of it',
    usage: 'NAME [--name NAME] [--note TEXT]',
    args: one,
    flags: {
      name: { type: 'string', value: 'NAME', description: 'a better name' },
      ...flags,
      ...noteFlag,
    },
    examples: [`docket ${word} update ${quoted} ${example.flags}`],
    async run({ args: [name = ''], flags: values, io }) {
      const patch = {
        ...(values.name === undefined ? {} : { name: values.name }),
        ...readNote(values, io),
        ...fields(values, io),
      } as unknown as Patch<Input>;
      return withScope({ flags: values, io }, async ({ scope }) =>
        answer('Updated', await changeRegistryEntry(scope, verbs, { name, patch })),
      );
    },
  });

  const archive = defineCommand({
    summary: 'Take it out of use; what was done for it stays',
    usage: 'NAME [--restore]',
    args: one,
    flags: { restore: { type: 'boolean', description: 'take it back into use' } },
    examples: [`docket ${word} archive ${quoted}`, `docket ${word} archive ${quoted} --restore`],
    async run({ args: [name = ''], flags: values, io }) {
      const isRestored = values.restore;
      return withScope({ flags: values, io }, async ({ scope }) =>
        answer(
          isRestored ? 'Restored' : 'Archived',
          await archiveRegistryEntry(scope, verbs, { name, isRestored }),
        ),
      );
    },
  });

  return { summary, verbs: { add, list, show, update, archive } };

  function fields(values: object, io: CommandIo) {
    // They hold this noun's flags: the command line was parsed by a declaration with them in it.
    return readFields(values as FlagValues<F>, io);
  }
}

function readNote({ note }: { readonly note: string | undefined }, io: CommandIo) {
  return note === undefined ? {} : { note: readText(note, io) };
}
