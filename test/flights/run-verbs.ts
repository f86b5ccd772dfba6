import { readdirSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import * as z from 'zod/mini';
import { stateFolder } from '../../lib/config/paths.ts';
import type { CliHarness } from '../cli/cli-harness.ts';
import type { Docket } from './verbs.ts';

const Answer = z.object({ data: z.unknown() });

/** Runs commands of a harness for what they leave in the list. */
export function docketOf(harness: CliHarness): Docket {
  return async (...argv) => z.parse(Answer, JSON.parse(await harness.text(...argv, '--json'))).data;
}

/** Runs one command as people do, and expects it to succeed. */
export async function runVerb(harness: CliHarness, argv: readonly string[]): Promise<void> {
  expect(await harness.run(...argv)).toMatchObject({ exitCode: 0, stderr: '' });
}

/**
 * Makes the worker's last sign of life this old, in seconds. A command writes one when the last is
 * a minute old, so that its cost would depend on the machine's speed.
 */
export function ageSignOfLife({ env }: CliHarness, seconds: number): void {
  const folder = join(stateFolder(env), 'stamps');
  const then = new Date(Date.now() - seconds * 1000);
  for (const name of readdirSync(folder)) utimesSync(join(folder, name), then, then);
}
