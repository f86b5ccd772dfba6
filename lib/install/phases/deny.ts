import { taskTools } from '../../model/task-tools.ts';
import type { Phase } from '../verify/phase.ts';
import { must } from '../verify/phase-failure.ts';

/** A call of each of the built-in tools, as a model makes it. */
const calls: Readonly<Record<(typeof taskTools)[number], Readonly<Record<string, unknown>>>> = {
  TodoWrite: { todos: [{ content: 'Wire it', status: 'pending', activeForm: 'Wiring it' }] },
  TaskCreate: { subject: 'Wire it', description: 'The blue wire first' },
  TaskUpdate: { taskId: '1', status: 'completed' },
  TaskList: {},
  TaskGet: { taskId: '1' },
};

/** Claude Code's own task tools are denied, twice over, with the command to run instead. */
export const deny: Phase = {
  name: 'deny',
  title: 'built-in task tools denied',
  needs: [],
  async run({ first }) {
    for (const tool of taskTools) {
      const call = { tool_name: tool, tool_input: calls[tool] };
      const events = ['PreToolUse', 'PermissionRequest'] as const;
      const said = await Promise.all(events.map((event) => first.hook(event, call)));
      for (const [index, { denial }] of said.entries()) {
        must(denial !== undefined, `${events[index]} lets ${tool} pass`, 'docket doctor');
        must(/^docket \w/m.test(denial), `${events[index]} names no command in place of ${tool}`);
      }
    }
  },
};
