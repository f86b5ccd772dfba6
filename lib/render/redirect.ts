import { clip } from './safe-text.ts';
import { heredocLine, quoteArgument } from './shell-quote.ts';

/** The built-in task tools that docket replaces. TaskStop stops background work and is not one. */
export const taskTools = ['TodoWrite', 'TaskCreate', 'TaskUpdate', 'TaskList', 'TaskGet'] as const;

const titleLimit = 200;
const descriptionLimit = 2_000;
const itemLimit = 50;

/**
 * Why a built-in task tool is refused, with the docket command that does what the call meant,
 * ready to run.
 */
export function renderRedirect(
  tool: string,
  input: Readonly<Record<string, unknown>>,
  { isAway }: { isAway: boolean },
): string {
  if (isAway) {
    return (
      'Tasks live in docket, whose database cannot be reached at the moment. ' +
      'Keep the plan in your reply for now, and do not use the built-in task tools.'
    );
  }
  return `Tasks live in docket, the list that all sessions share, not in ${tool}. Run instead:\n${commandFor(tool, input)}`;
}

function commandFor(tool: string, input: Readonly<Record<string, unknown>>): string {
  switch (tool) {
    case 'TodoWrite':
      return planFor(todoItems(input.todos));
    case 'TaskCreate':
      return createFor(input);
    case 'TaskUpdate':
      return updateFor(input);
    case 'TaskGet':
      return 'docket list\ndocket show KEY';
    default:
      return 'docket list';
  }
}

function createFor(input: Readonly<Record<string, unknown>>): string {
  const title = textOf(input.subject, titleLimit);
  if (title === '') return 'docket create TITLE';
  const description = textOf(input.description, descriptionLimit);
  return `docket create ${quoteArgument(title)}${
    description === '' || description === title
      ? ''
      : ` --description ${quoteArgument(description)}`
  }`;
}

const updates: Readonly<Record<string, string>> = {
  in_progress: 'docket claim KEY',
  completed: 'docket close KEY --outcome TEXT',
  pending: 'docket release KEY',
  deleted: 'docket cancel KEY',
};

/** The tool's own task numbers mean nothing to docket, so the key has to be looked up. */
function updateFor(input: Readonly<Record<string, unknown>>): string {
  const byStatus = typeof input.status === 'string' ? updates[input.status] : undefined;
  const title = textOf(input.subject, titleLimit);
  const fields = title === '' ? '' : `docket update KEY --title ${quoteArgument(title)}`;
  const commands = [byStatus, fields].filter(Boolean);
  return `docket list    (shows the KEY)\n${commands.join('\n') || 'docket update KEY'}`;
}

interface TodoItem {
  readonly content: string;
  readonly status: string;
}

function todoItems(todos: unknown): readonly TodoItem[] {
  if (!Array.isArray(todos)) return [];
  return todos
    .filter((todo): todo is Record<string, unknown> => typeof todo === 'object' && todo !== null)
    .map((todo) => ({
      content: textOf(todo.content, titleLimit),
      status: typeof todo.status === 'string' ? todo.status : 'pending',
    }))
    .filter(({ content }) => content !== '');
}

/** A whole list is one `docket plan`: a Markdown heredoc, because the rules refuse JSON in one. */
function planFor(items: readonly TodoItem[]): string {
  const [first] = items;
  if (first === undefined) return 'docket list';
  if (items.length === 1) return `docket create ${quoteArgument(first.content)}`;
  const shown = items.slice(0, itemLimit);
  const more = items.length - shown.length;
  return [
    "docket plan <<'PLAN'",
    `# ${heredocLine(clip(first.content, 80))} and ${items.length - 1} more`,
    ...shown.map(({ content }) => `- [ ] ${heredocLine(content)}`),
    'PLAN',
    'Give it a better title. Then docket claim KEY for the step you start, docket close KEY for each that is done.',
    'If these steps are on the list already (docket list), only claim and close them.',
    ...(more > 0 ? [`${more} more steps: docket plan --parent KEY with those.`] : []),
  ].join('\n');
}

function textOf(value: unknown, limit: number): string {
  return typeof value === 'string' ? clip(value.replace(/\s+/gu, ' ').trim(), limit) : '';
}
