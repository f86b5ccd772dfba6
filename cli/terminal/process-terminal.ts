import type { Terminal } from './terminal.ts';

/** Opens the terminal of this process; undefined where standard output is none. */
export function openTerminal(write: (text: string) => void): Terminal | undefined {
  const { stdin, stdout } = process;
  if (!stdout.isTTY) return undefined;
  return {
    get columns() {
      return stdout.columns || 80;
    },
    get rows() {
      return stdout.rows || 24;
    },
    write,
    listen({ key, resize }) {
      const onData = (data: Buffer) => key(data.toString());
      const stop = () => {
        stdout.off('resize', resize);
        process.off('exit', stop);
        if (!stdin.isTTY) return;
        stdin.off('data', onData);
        stdin.setRawMode(false);
        stdin.pause();
      };
      stdout.on('resize', resize);
      // However the process ends, the terminal takes whole lines again.
      process.on('exit', stop);
      if (stdin.isTTY) stdin.setRawMode(true).on('data', onData);
      return stop;
    },
  };
}
