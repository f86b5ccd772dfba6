import { DocketError } from '../../lib/model/errors.ts';
import type { TaskContext } from '../../lib/model/task/input.ts';
import { Complexity, TaskType } from '../../lib/model/task/task.ts';
import type { TaskPatch } from '../../lib/tracker/tasks/update.ts';
import type { CommandIo, Flags, FlagValues } from '../command/command.ts';
import { readText } from '../terminal/read-text.ts';
import { attributionFlags, readAttribution } from './attribution.ts';
import { readNumber } from './shared.ts';

/** Fields of a task that `create` and `update` take alike. */
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
  context: { type: 'string', value: 'JSON', description: 'an object of what else is known' },
  agent: { type: 'string', value: 'NAME', description: 'the agent it is meant for' },
  ...attributionFlags,
  'billable-minutes': { type: 'string', value: 'MINUTES', description: 'time to bill' },
} as const satisfies Flags;

/**
 * The fields that were given, with their stored names, still to be checked against the schema.
 *
 * @throws DocketError `usage`, `invalid_input`
 */
export function readFields(flags: FlagValues<typeof fieldFlags>, io: CommandIo) {
  const { description, type, priority, complexity, estimate, context, agent } = flags;
  const minutes = flags['billable-minutes'];
  const fields: { readonly [Field in keyof TaskPatch]?: unknown } = {
    description: description === undefined ? undefined : readText(description, io),
    task_type: type,
    priority: priority === undefined ? undefined : Number(priority.replace('P', '')),
    estimated_complexity: complexity,
    estimated_minutes: estimate === undefined ? undefined : readMinutes('estimate', estimate),
    assigned_agent: agent,
    task_context: context === undefined ? undefined : readContext(readText(context, io)),
    billable_minutes: minutes === undefined ? undefined : readMinutes('billable-minutes', minutes),
    ...readAttribution(flags),
  };
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

export function readMinutes(flag: string, text: string): number {
  return readNumber(flag, text, { min: 0, max: 10_000_000 });
}

function readContext(text: string): TaskContext {
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
