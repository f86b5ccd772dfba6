import { spawnSync } from 'node:child_process';
import type { Terminal } from './terminal.ts';

/**
 * Whether another job has the terminal, such as the shell that started this one with `&`: who paints
 * then paints over what is typed there. Where nobody tells, none has.
 */
export function isInBackground(): boolean {
  const asked = ['-o', 'stat=', '-p', String(process.pid)];
  const { status, stdout } = spawnSync('ps', asked, { encoding: 'utf8', timeout: 2_000 });
  return status === 0 && !stdout.includes('+');
}

/** Opens the terminal behind a stream of this process; undefined where it is none. */
export function openTerminal(
  stream: 'stdout' | 'stderr',
  write: (text: string) => void,
): Terminal | undefined {
  const { stdin, [stream]: output } = process;
  if (!output.isTTY) return undefined;
  return {
    get columns() {
      return output.columns || 80;
    },
    get rows() {
      return output.rows || 24;
    },
    write,
    listen({ key, resize, leave }) {
      const onData = (data: Buffer) => key?.(data.toString());
      const takesKeys = key !== undefined && stdin.isTTY;
      const suspend = () => {
        leave();
        process.kill(process.pid, 'SIGSTOP');
      };
      const stop = () => {
        output.off('resize', resize);
        process.off('SIGTSTP', suspend).off('SIGCONT', resize);
        process.off('exit', stop).off('exit', leave);
        if (!takesKeys) return;
        stdin.off('data', onData);
        stdin.setRawMode(false);
        stdin.pause();
      };
      output.on('resize', resize);
      process.on('SIGTSTP', suspend).on('SIGCONT', resize);
      // However the process ends, the terminal takes whole lines again.
      process.on('exit', leave).on('exit', stop);
      if (takesKeys) stdin.setRawMode(true).on('data', onData);
      return stop;
    },
  };
}
