import { spawn } from 'node:child_process';
import { performance } from 'node:perf_hooks';
import { type Command, failure } from '../measure/whole-process.ts';

/** Starts processes at once; gives the time until the last is done, and the output of each. */
export async function runAtOnce(
  commands: readonly Command[],
): Promise<{ milliseconds: number; outputs: readonly string[] }> {
  const started = performance.now();
  const outputs = await Promise.all(commands.map(start));
  return { milliseconds: performance.now() - started, outputs };
}

function start(command: Command): Promise<string> {
  const child = spawn(command.file, command.args, { cwd: command.cwd, env: command.env });
  const stdout: Buffer[] = [];
  const stderr: Buffer[] = [];
  child.stdout.on('data', (part: Buffer) => stdout.push(part));
  child.stderr.on('data', (part: Buffer) => stderr.push(part));
  // A process that reads no input closes the pipe.
  child.stdin.on('error', () => {});
  child.stdin.end(command.input);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (status) => {
      const complaint = Buffer.concat(stderr).toString();
      if (status === 0 && complaint === '') resolve(Buffer.concat(stdout).toString());
      else reject(new Error(failure(command, status, complaint)));
    });
  });
}
