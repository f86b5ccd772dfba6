import { clip, safeLine } from '../text/safe-text.ts';
import { allowedLine, heredocLine, quoteArgument } from '../text/shell-quote.ts';

const titleLimit = 200;
const descriptionLimit = 2_000;

/** The limit of a plan's items in UTF-16 units; the rest is for the model to add. */
const planRoom = 6_000;

/**
 * Tells why a built-in task tool is refused, with the docket command that does what the call meant,
 * ready to run.
 */
export function renderRedirect(
  tool: string,
  input: Readonly<Record<string, unknown>>,
  { isAway, isRun = false }: { isAway: boolean; isRun?: boolean },
): string {
  if (isRun) {
    return (
      'Tasks are the orchestrator’s. Do your own, and end with your report: what is left to do goes ' +
      'into its follow_ups.'
    );
  }
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
      return `docket list\n${withKey}\ndocket show KEY`;
    default:
      return 'docket list';
  }
}

/** Asks for the key, because the tool's own task numbers mean nothing to docket. */
const withKey = 'Then, with the KEY of the task in that list:';

function createFor(input: Readonly<Record<string, unknown>>): string {
  const title = textOf(input.subject, titleLimit);
  const description = textOf(input.description, descriptionLimit);
  const hasDescription = description !== '' && description !== title;
  const flags = hasDescription ? [flag('description', description)] : [];
  return title === '' ? 'docket create TITLE' : create(title, flags);
}

function create(title: string, flags: readonly string[] = []): string {
  const isLikeFlag = title.startsWith('-');
  const words = isLikeFlag
    ? [...flags, '--', quoteArgument(title)]
    : [quoteArgument(title), ...flags];
  return ['docket create', ...words].join(' ');
}

function flag(name: string, value: string): string {
  return `--${name}${value.startsWith('-') ? '=' : ' '}${quoteArgument(value)}`;
}

const updates: ReadonlyMap<unknown, string> = new Map([
  ['in_progress', 'docket claim KEY'],
  ['completed', 'docket close KEY --outcome TEXT'],
  ['pending', 'docket release KEY'],
  ['deleted', 'docket cancel KEY'],
]);

function updateFor(input: Readonly<Record<string, unknown>>): string {
  const byStatus = updates.get(input.status);
  const title = textOf(input.subject, titleLimit);
  const fields = title === '' ? undefined : `docket update KEY ${flag('title', title)}`;
  const commands = [byStatus, fields].filter((command) => command !== undefined);
  return ['docket list', withKey, ...(commands.length > 0 ? commands : ['docket show KEY'])].join(
    '\n',
  );
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

/**
 * Turns a whole list into one `docket plan`: a Markdown heredoc, because the rules refuse JSON in
 * one.
 */
function planFor(items: readonly TodoItem[]): string {
  const [first] = items;
  if (first === undefined) return 'docket list';
  if (items.length === 1) return create(first.content);
  const lines = items.map(({ content }) => `- [ ] ${heredocLine(content)}`);
  const shown = fitting(lines, planRoom);
  const more = items.length - shown.length;
  return [
    "docket plan <<'PLAN'",
    `# ${heredocLine(clip(first.content, 80))} and ${items.length - 1} more`,
    ...shown,
    'PLAN',
    'Give it a better title. Then docket claim KEY for the step you start, docket close KEY for each that is done.',
    'If these steps are on the list already (docket list), only claim and close them.',
    ...(more > 0 ? [`${more} more steps: docket plan --parent KEY with those.`] : []),
  ].join('\n');
}

function fitting(lines: readonly string[], room: number): readonly string[] {
  let used = 0;
  const end = lines.findIndex((line) => {
    used += line.length + 1;
    return used > room;
  });
  return end === -1 ? lines : lines.slice(0, end);
}

/** Takes the hazards of the shell and the rules out of a text; the rest may be empty. */
function textOf(value: unknown, limit: number): string {
  return typeof value === 'string' ? allowedLine(safeLine(value, limit)) : '';
}
