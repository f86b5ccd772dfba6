import type { E2eWorld } from './contract.ts';
import { makeE2eWorld } from './e2e-world.ts';
import { prepareInstallation } from './installation.ts';
import { type Phase, phases } from './phases.ts';

// The pinned Claude Code CLI, the built docket and real databases against a Messages API of the
// tests' own. Arguments choose phases by number; without any, all run.

const removeBuild = await prepareInstallation();
let world: E2eWorld | undefined;
// Stays a listener: without one, who cleans up after servers lets the signal end the process.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void stop());

const chosen = process.argv.slice(2);
const running = phases.filter(({ number }) => chosen.length === 0 || chosen.includes(number));
let passed = 0;
let failed = 0;
for (const phase of running) {
  const error = await run(phase);
  if (error !== undefined) failed += 1;
  else if (!phase.isExtra) passed += 1;
}
await removeBuild();
const total = running.filter(({ isExtra }) => !isExtra).length;
say(`${passed}/${total}`);
process.exitCode = failed === 0 && running.length > 0 ? 0 : 1;

async function run({ number, title, run: act }: Phase): Promise<unknown> {
  const start = performance.now();
  world = await makeE2eWorld();
  let failure: unknown;
  try {
    await act(world);
    failure = world.mock.failures[0];
  } catch (error) {
    failure = error;
  }
  await world.release();
  const time = `${Math.round(performance.now() - start)} ms`;
  say(`${number.padStart(2)} ${failure === undefined ? 'ok  ' : 'FAIL'} ${title}: ${time}`);
  if (failure !== undefined) say(failure instanceof Error ? `${failure.stack}` : `${failure}`);
  return failure;
}

/** Leaves no process and no folder behind when the run is stopped from outside. */
async function stop(): Promise<never> {
  await world?.release();
  await removeBuild();
  process.exit(130);
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
