import type { Measurement } from '../measure/measurement.ts';
import { quantile } from '../measure/statistics.ts';
import type { FleetAnswer } from './fleet-process.ts';
import { type Deed, deeds, habits } from './habits.ts';

/** What was seen of a fleet of one size. */
export interface Stage extends FleetAnswer {
  readonly sessions: number;
  /** For so many seconds deeds fell due. */
  readonly seconds: number;
  /** How many times faster they worked than real ones. */
  readonly pace: number;
  /** Milliseconds of processor time of the server; undefined where that is not known. */
  readonly serverCpu: number | undefined;
  /** The prompts that real hooks answered meanwhile. */
  readonly hooks: { readonly took: readonly number[]; readonly missed: number };
}

/** Milliseconds after the last deed fell due within which all were done where a fleet keeps up. */
const mayLag = 2_000;

/** Whether the fleet kept up: all in time, but for one deed of a hundred. */
export function keptUp({ report, seconds }: Stage): boolean {
  const due = deeds.reduce((sum, deed) => sum + report.tallies[deed].due, 0);
  const done = deeds.reduce((sum, deed) => sum + report.tallies[deed].took.length, 0);
  return report.milliseconds <= seconds * 1_000 + mayLag && done >= due * 0.99;
}

/** Tells of a stage: what each deed took, what failed, and who used the processors. */
export function measureStage(stage: Stage, label: string): readonly Measurement[] {
  const { report, seconds, sessions, serverCpu, cpu, hooks } = stage;
  const name = (what: string) => `${sessions.toLocaleString('en')} sessions, ${label}: ${what}`;
  return [
    ...deeds
      .filter((deed) => report.tallies[deed].took.length > 0)
      .map((deed) => measureDeed(deed, stage, name(deed))),
    ...(hooks.took.length === 0
      ? []
      : [
          {
            ...spread(hooks.took, name('prompt hook, whole process')),
            detail: `${detailOf(hooks.took)}; ${hooks.missed} of ${hooks.took.length} without a fresh list`,
          },
        ]),
    {
      name: name('failed'),
      unit: 'count',
      value: deeds.reduce((sum, deed) => sum + failed(stage, deed), 0),
      detail: deeds.flatMap((deed) => reasonsOf(stage, deed)).join('; '),
    },
    {
      name: name('behind at the end'),
      unit: 'ms',
      value: Math.max(0, report.milliseconds - seconds * 1_000),
      detail: `after ${seconds} s`,
    },
    {
      name: name('processor time, each second'),
      unit: 'ms',
      value: (serverCpu ?? 0) / (report.milliseconds / 1_000),
      detail: `of the server; ${Math.round(cpu / (report.milliseconds / 1_000))} ms of the sessions`,
    },
  ];
}

function measureDeed(deed: Deed, { report, seconds, pace }: Stage, name: string): Measurement {
  const { due, took } = report.tallies[deed];
  const rate = (took.length / seconds).toFixed(1);
  return {
    ...spread(took, name),
    detail: `${detailOf(took)}; ${rate}/s (${habits[deed] * pace} an hour each), ${took.length} of ${due}`,
  };
}

function spread(took: readonly number[], name: string) {
  return {
    ...{ name, unit: 'ms' as const, value: quantile(took, 0.5) },
    ...{ low: quantile(took, 0.25), high: quantile(took, 0.75) },
  };
}

function detailOf(took: readonly number[]): string {
  const at = (share: number) => Math.round(quantile(took, share));
  return `p95 ${at(0.95)}, p99 ${at(0.99)} ms`;
}

function failed({ report }: Stage, deed: Deed): number {
  return Object.values(report.tallies[deed].failures).reduce((sum, times) => sum + times, 0);
}

function reasonsOf({ report }: Stage, deed: Deed): readonly string[] {
  return Object.entries(report.tallies[deed].failures).map(
    ([reason, times]) => `${deed}: ${times} x ${reason}`,
  );
}
