import { match, ok } from 'node:assert/strict';
import { type ApiRequest, type ToolResult, toolResults } from '../claude/api-request.ts';
import { bash, type Call, call, callAll } from '../claude/script.ts';

// Current models have neither set of task tools unless these variables say so.

/** TaskCreate, TaskUpdate, TaskList and TaskGet, in subagents as well. */
export const withTaskTools = { CLAUDE_CODE_ENABLE_TODO_TOOLS: '1', ENABLE_TOOL_SEARCH: 'false' };

/** TodoWrite in their place. */
export const withTodoWrite = { ...withTaskTools, CLAUDE_CODE_ENABLE_TASKS: '0' };

/** What a shell or a permission rule could trip over. */
export function awkwardTitles(prefix: string): readonly string[] {
  return [
    `${prefix}: don't pay $5 for \`ls\` & "quotes" 🎉\nnor $(pwd) on a second line`,
    `${prefix}: $HOME \`id\` "quoted" {braces} C:\\dir; echo x > y | z <b> # 🎉`,
  ];
}

/** The call of the built-in tool that makes one task. */
export function taskCreate(subject: string): Call {
  return call('TaskCreate', { subject, description: `About ${subject}` });
}

/** The call of the older tool, which writes a whole list. */
export function todos(titles: readonly string[]): Call {
  const items = titles.map((content) => ({ content, status: 'pending', activeForm: content }));
  return call('TodoWrite', { todos: items });
}

/** The model does as the reasons say, word for word. */
export function runTheCommands(request: ApiRequest): Call {
  const denied = toolResults(request).filter((each) => isMaking(each));
  return callAll(denied.map((each) => bash(commandIn(each.text))));
}

function isMaking({ tool }: ToolResult): boolean {
  return tool === 'TaskCreate' || tool === 'TodoWrite';
}

function commandIn(reason: string): string {
  match(reason, /Tasks live in docket/);
  const command = reason.slice(reason.indexOf('Run instead:\n') + 'Run instead:\n'.length);
  ok(command.startsWith('docket '), `no command in: ${reason}`);
  return /^docket plan <<'PLAN'\n[\s\S]*?\nPLAN$/m.exec(command)?.[0] ?? command;
}

/** As docket writes a title on one line. */
export function oneLine(title: string): string {
  return title.replace(/\s+/g, ' ').replace(/<(?=[/a-z])/gi, '‹');
}

/** As it writes one into an argument: in either kind of quotes something would not mean itself. */
export function asArgument(title: string): string {
  const line = oneLine(title);
  return /[\\"$`!]/.test(line) ? line.replaceAll("'", '’') : line;
}

/** As it writes one into a heredoc: permission rules refuse straight quotes in some. */
export function typographic(title: string): string {
  return title.replaceAll("'", '’').replaceAll('"', '”');
}
