/**
 * `npm run bench` measures what docket costs, as ratios to a Node.js that does nothing. It reports
 * and decides nothing; limits for every machine are tested in test/bundles.test.ts.
 *
 *   --quick      fewer runs, smaller lists
 *   --only NAME  groups whose name contains it; several times
 *   --json       the measurements as JSON
 */
import { availableParallelism, loadavg } from 'node:os';
import { groups } from './groups/groups.ts';
import type { Measurement } from './measure/measurement.ts';
import { renderLine, renderReport } from './measure/report.ts';
import { parseOptions } from './options.ts';
import { makeBenchMachine } from './world/bench-machine.ts';

const options = parseOptions(process.argv.slice(2));
const chosen = groups.filter(
  ({ name }) => options.only.length === 0 || options.only.some((part) => name.includes(part)),
);
if (chosen.length === 0) {
  throw new Error(`--only takes one of ${groups.map(({ name }) => name).join(', ')}`);
}

const machine = await makeBenchMachine();
const before = loadavg()[0] ?? 0;
const measurements: Measurement[] = [];
try {
  for (const group of chosen) {
    process.stderr.write(`${group.name} ...\n`);
    const found = await group.measure(machine, options);
    for (const each of found) process.stderr.write(`  ${renderLine(each)}\n`);
    measurements.push(...found);
  }
} finally {
  await machine.remove();
}

const circumstances = {
  node: process.versions.node,
  cpus: availableParallelism(),
  load: [before, loadavg()[0] ?? 0] as const,
};
process.stdout.write(
  options.json
    ? `${JSON.stringify({ ...circumstances, measurements }, null, 2)}\n`
    : `${renderReport(measurements, circumstances)}\n`,
);
