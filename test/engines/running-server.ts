import { type Server, serverAt } from './server.ts';
import { type Launch, ServerProcess } from './server-process.ts';

/** A server that this process started and ends. */
export interface RunningServer extends Server {
  /** The server's process id; undefined while it is halted. */
  readonly pid: number | undefined;
  /** An outage: the process ends, port and data stay. SIGKILL is a crash. */
  halt(signal?: 'SIGTERM' | 'SIGKILL'): Promise<void>;
  /** The end of the outage. */
  resume(): Promise<void>;
  /** Ends the process and removes everything it wrote. */
  stop(): Promise<void>;
}

export interface StartOptions {
  /** More arguments for the server, for example `--max-connections=3`. */
  readonly args?: readonly string[];
  /** What its log says when it takes part in its cluster, where that is later than usual. */
  readonly ready?: RegExp;
}

/** Starts a server and waits until it answers. */
export async function startServer(
  engine: Server['engine'],
  launch: Launch,
): Promise<RunningServer> {
  const running = await new ServerProcess(launch).start();
  const server = serverAt(engine, running.port);
  const connection = await server.connect();
  await connection.end();
  return {
    ...server,
    get pid() {
      return running.pid;
    },
    halt: (signal) => running.halt(signal),
    resume: () => running.resume(),
    stop: () => running.stop(),
  };
}
