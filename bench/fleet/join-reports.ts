import { deeds } from './habits.ts';
import type { FleetReport, Tally } from './simulate.ts';

/** Puts the reports of several processes, or of several stages, together. */
export function joinReports(reports: readonly FleetReport[]): FleetReport {
  const tallies = Object.fromEntries(
    deeds.map((deed) => [deed, joinTallies(reports.map((report) => report.tallies[deed]))]),
  ) as FleetReport['tallies'];
  const all = reports.map(({ acknowledged }) => acknowledged);
  return {
    tallies,
    acknowledged: {
      claims: all.flatMap(({ claims }) => claims),
      closes: all.flatMap(({ closes }) => closes),
      notes: all.flatMap(({ notes }) => notes),
      creates: all.flatMap(({ creates }) => creates),
    },
    milliseconds: Math.max(...reports.map(({ milliseconds }) => milliseconds)),
  };
}

function joinTallies(tallies: readonly Tally[]): Tally {
  const failures: Record<string, number> = {};
  for (const tally of tallies) {
    for (const [reason, times] of Object.entries(tally.failures)) {
      failures[reason] = (failures[reason] ?? 0) + times;
    }
  }
  return {
    due: tallies.reduce((sum, { due }) => sum + due, 0),
    took: tallies.flatMap(({ took }) => took),
    failures,
  };
}
