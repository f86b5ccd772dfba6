import { DocketError } from '../../lib/model/errors.ts';
import type { TaskContext, TaskInput } from '../../lib/model/task/input.ts';
import { Complexity, TaskType } from '../../lib/model/task/task.ts';
import type { Flags, FlagValues } from '../command/command.ts';
import type { CommandIo } from '../terminal/io.ts';
import { readOptionalText, readText } from '../terminal/read-text.ts';
import { attributionFlags, readAttribution } from './attribution.ts';
import { readNumber } from './shared.ts';

/** The fields of a task that `create` and `update` take alike. */
export const fieldFlags = {
  description: { type: 'string', value: 'TEXT', description: 'what is to be done; - for stdin' },
  type: { type: 'string', value: 'TYPE', choices: TaskType.options, description: 'kind of work' },
  priority: {
    type: 'string',
    value: 'P',
    choices: ['0', '1', '2', '3', '4', 'P0', 'P1', 'P2', 'P3', 'P4'],
    description: '0 is critical, 2 the default',
  },
  complexity: {
    type: 'string',
    value: 'SIZE',
    choices: Complexity.options,
    description: 'how hard it is',
  },
  estimate: { type: 'string', value: 'MINUTES', description: 'how long it will take' },
  due: { type: 'string', value: 'WHEN', description: "when it should be done; '' for none" },
  'not-before': {
    type: 'string',
    value: 'WHEN',
    description: "it is not ready until then: 2026-12-01, '2026-12-01 14:00', tomorrow, +3d",
  },
  label: { type: 'string', list: true, value: 'LABEL', description: 'a label to add' },
  context: { type: 'string', value: 'JSON', description: 'an object of what else is known' },
  agent: { type: 'string', value: 'NAME', description: 'the agent it is meant for' },
  ...attributionFlags,
  'billable-minutes': { type: 'string', value: 'MINUTES', description: 'time to bill' },
} as const satisfies Flags;

/** The flags of fields that are wrong more easily than others, for messages. */
export const fieldWords = { due: '--due', not_before: '--not-before', labels: '--label' } as const;

/** Every field but the title; those that no flag gives are undefined. */
type FieldsOfFlags = {
  readonly [F in Exclude<keyof TaskInput, 'title'>]: TaskInput[F] | undefined;
};

const priorities = [0, 1, 2, 3, 4] as const;

/**
 * Reads the fields that the flags give, with their stored names.
 *
 * @throws DocketError `usage`, `invalid_input`
 */
export async function readFields(
  flags: FlagValues<typeof fieldFlags>,
  io: CommandIo,
): Promise<FieldsOfFlags> {
  const { description, type, priority, complexity, estimate, context, agent } = flags;
  return {
    description: await readOptionalText(description, io),
    task_type: TaskType.options.find((each) => each === type),
    priority: priorities.find((each) => `${each}` === priority?.replace('P', '')),
    estimated_complexity: Complexity.options.find((each) => each === complexity),
    estimated_minutes: readMinutes('estimate', estimate),
    assigned_agent: agent,
    due: flags.due,
    not_before: flags['not-before'],
    labels: flags.label.length === 0 ? undefined : [...flags.label],
    task_context: context === undefined ? undefined : readContext(await readText(context, io)),
    billable_minutes: readMinutes('billable-minutes', flags['billable-minutes']),
    ...readAttribution(flags),
  };
}

export function readMinutes(flag: string, text: string | undefined): number | undefined {
  return text === undefined ? undefined : readNumber(flag, text, { min: 0, max: 10_000_000 });
}

/** Reads `--context`. @throws DocketError `invalid_input` */
export function readContext(text: string): TaskContext {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new DocketError('invalid_input', `--context is not valid JSON: ${message}`, {
      hint: `--context '{"reason":"..."}'`,
    });
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return value as TaskContext;
  }
  throw new DocketError('invalid_input', '--context is not a JSON object', {
    hint: `--context '{"reason":"..."}'`,
  });
}
