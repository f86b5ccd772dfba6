// Runs a shell script as an agent's process is run; started by tests that kill it.
import { runProcess } from '../../../lib/orchestrator/agents/start-process.ts';

process.stdout.write('starting\n');
await runProcess({
  command: ['sh', '-c', process.argv[2] ?? ''],
  cwd: '/',
  env: process.env as Record<string, string>,
  stdin: '',
  signal: new AbortController().signal,
  graceMs: 300,
});
