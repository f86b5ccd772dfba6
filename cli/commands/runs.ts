import { runs } from '../../lib/operations/runs.ts';
import { renderRuns } from '../../lib/render/run/lines.ts';
import { operationCommand } from '../command/operation-command.ts';

export const command = operationCommand({
  operation: runs,
  usage: 'KEY',
  args: { min: 1, max: 1 },
  flags: {},
  examples: ['docket runs web-k3f9', 'docket runs web-k3f9 --json'],
  input: ({ args: [task = ''] }) => ({ task }),
  text({ runs: found, at }, { io }) {
    const lines = renderRuns(found, { at, style: io.style });
    return lines.length === 0 ? 'Nobody has worked on it yet.' : lines.join('\n');
  },
});
