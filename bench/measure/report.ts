import { isWithin, type Measurement, type Unit } from './measurement.ts';

/** The circumstances that a reader needs to judge the numbers. */
export interface Circumstances {
  readonly node: string;
  readonly cpus: number;
  /** The system's load before the first and after the last measurement. */
  readonly load: readonly [number, number];
}

const head = ['What', 'Measured', 'Quartiles', 'Target', 'Verdict', 'In detail'];

/** The report as a Markdown table. */
export function renderReport(
  measurements: readonly Measurement[],
  { node, cpus, load: [before, after] }: Circumstances,
): string {
  const rows = measurements.map((each) => [
    each.name,
    amount(each.value, each.unit),
    each.low === undefined || each.high === undefined
      ? ''
      : `${amount(each.low, each.unit)} - ${amount(each.high, each.unit)}`,
    `<= ${amount(each.target, each.unit)}`,
    isWithin(each) ? 'ok' : 'over',
    each.detail,
  ]);
  const over = measurements.filter((each) => !isWithin(each)).length;
  return [
    `Node.js ${node}, ${cpus} processors, load ${before.toFixed(1)} before and ${after.toFixed(1)} after.`,
    'A ratio is the median of ratios to `node -e 0`, or to what its line names, run alternately, whole processes.',
    '',
    ...[head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`),
    '',
    over === 0
      ? 'Everything is within its target.'
      : `${over} of ${measurements.length} are over target.`,
  ].join('\n');
}

/** One measurement in short, for whoever watches. */
export function renderLine({ name, value, unit, target }: Measurement): string {
  return `${name}: ${amount(value, unit)} (<= ${amount(target, unit)})`;
}

function amount(value: number, unit: Unit): string {
  if (unit === 'count') return String(value);
  return unit === 'x' ? `${value.toFixed(2)}x` : `${value.toFixed(1)} MB`;
}
