import { type ChildProcess, spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { atExit } from './at-exit.ts';
import { freePort } from './free-port.ts';

/** How one kind of server is started on a port, and how its own log says that it has the port. */
export interface Launch {
  readonly name: string;
  /** Everything the server writes; removed when it is stopped. */
  readonly folder: string;
  readonly ready: RegExp;
  readonly file: string;
  readonly args: (port: number) => readonly string[];
  readonly env: NodeJS.ProcessEnv;
}

// A start takes 1 to 2 s; this is for a machine that is busy with everything else.
const patience = 120_000;
const attempts = 5;
const logTail = 4_000;

/** A database server that belongs to the tests: on a port and in a folder of its own. */
export class ServerProcess {
  readonly #launch: Launch;
  #child: ChildProcess | undefined;
  #port = 0;
  #takeBack: (() => void) | undefined;

  constructor(launch: Launch) {
    this.#launch = launch;
  }

  get port(): number {
    return this.#port;
  }

  /** The running process; undefined while the server is halted. */
  get pid(): number | undefined {
    return this.#child?.pid;
  }

  /** Starts on a free port. Another process can take that first, so a server that ends is retried. */
  async start(): Promise<this> {
    this.#takeBack = atExit(() => this.#stopAtOnce());
    for (let attempt = 1; ; attempt++) {
      this.#port = await freePort();
      try {
        await this.resume();
        return this;
      } catch (error) {
        if (attempt < attempts) continue;
        await this.stop();
        throw error;
      }
    }
  }

  /** Starts again on the same port with the same data. */
  async resume(): Promise<void> {
    const { file, args, env, folder } = this.#launch;
    const child = spawn(file, args(this.#port), {
      cwd: folder,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#child = child;
    try {
      await this.#readiness(child);
    } catch (error) {
      await this.halt('SIGKILL');
      throw error;
    }
  }

  /** Ends the process and keeps port and data: an outage. SIGKILL is a crash. */
  async halt(signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    if (!child?.pid || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill(signal);
    await ended;
  }

  /** Ends the process and removes its folder. */
  async stop(): Promise<void> {
    await this.halt('SIGKILL');
    this.#takeBack?.();
    await rm(this.#launch.folder, { recursive: true, force: true, maxRetries: 10 });
  }

  // The server's own log, not a connection: on a port taken by another server that would answer too.
  #readiness(child: ChildProcess): Promise<void> {
    const { name, ready } = this.#launch;
    return new Promise((resolve, reject) => {
      let log = '';
      const timer = setTimeout(() => fail('was not ready in time'), patience);
      const read = (chunk: Buffer) => {
        log = (log + chunk.toString()).slice(-logTail);
        if (!ready.test(log)) return;
        clearTimeout(timer);
        // Its output must still be taken, or a full pipe stops it.
        for (const stream of [child.stdout, child.stderr]) stream?.off('data', read).resume();
        resolve();
      };
      const fail = (what: string) => {
        clearTimeout(timer);
        reject(new Error(`${name} ${what}\n${log}`));
      };
      for (const stream of [child.stdout, child.stderr]) stream?.on('data', read);
      child.once('error', (error) => fail(`did not start: ${error.message}`));
      child.once('exit', (code, signal) => fail(`ended early (${code ?? signal})`));
    });
  }

  #stopAtOnce(): void {
    this.#child?.kill('SIGKILL');
    // The dying server may still be writing there.
    rmSync(this.#launch.folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
  }
}
