import type { Hindrance } from '../../model/run/hindrance.ts';

type ApiError = Pick<Hindrance, 'cause' | 'resetsAt'>;

/** How Claude Code begins where a limit is reached. */
const limit =
  /^(?:API Error: (?:\d{3} )?)?(?:Claude AI usage limit reached|You have reached your specified API usage limits|You['’]ve hit your (?:[\w-]+ ){0,3}limit\b)/;

/** How it begins with the status that the API answered. */
const status = /^API Error: (?:Request rejected \()?(\d{3})\b/;

const causeOfStatus: Readonly<Record<string, Hindrance['cause']>> = {
  '401': 'access',
  '402': 'access',
  '403': 'access',
  // A proxy on the way wants a password.
  '407': 'access',
  '408': 'outage',
  '409': 'outage',
  '429': 'limit',
};

/**
 * Reads an error of the API from a line that begins with Claude Code's words for it; undefined for
 * all else, as a request that the API finds wrong is the task's matter.
 */
export function readApiError(line: string): ApiError | undefined {
  if (limit.test(line)) return { cause: 'limit', resetsAt: readReset(line) };
  const [, code = ''] = status.exec(line) ?? [];
  const cause = causeOfStatus[code] ?? (code.startsWith('5') ? 'outage' : undefined);
  return cause === undefined ? undefined : { cause, resetsAt: null };
}

/** Reads when a limit ends: `regain access on 2026-12-01 at 00:00 UTC`, or seconds after a bar. */
function readReset(line: string): string | null {
  const [, day, hour] = /regain access on (\d{4}-\d\d-\d\d) at (\d\d:\d\d) UTC/.exec(line) ?? [];
  const [, seconds] = /reached\|(\d{9,11})\b/.exec(line) ?? [];
  const time = day === undefined ? Number(seconds) * 1_000 : Date.parse(`${day}T${hour}:00Z`);
  return Number.isNaN(time) ? null : new Date(time).toISOString();
}
