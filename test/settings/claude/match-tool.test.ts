import { expect, test } from 'vitest';
import { matchesTool } from '../../../lib/settings/claude/match-tool.ts';

test.each([undefined, '', '*', 'TaskCreate', 'Bash|TaskCreate', 'Bash, TaskCreate', '^Task', '.*'])(
  '%j stands for TaskCreate',
  (matcher) => expect(matchesTool(matcher, 'TaskCreate')).toBe(true),
);

test.each(['Task', 'taskcreate', 'TaskCreate(*)', '(((', 'Bash|Edit', '^Bash'])(
  '%j does not stand for TaskCreate',
  (matcher) => expect(matchesTool(matcher, 'TaskCreate')).toBe(false),
);
