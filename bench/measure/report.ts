import { isWithin, type Measurement, type Unit } from './measurement.ts';

/** The circumstances that a reader needs to judge the numbers. */
export interface Circumstances {
  readonly node: string;
  readonly cpus: number;
  /** The system's load before the first and after the last measurement. */
  readonly load: readonly [number, number];
}

const head = ['What', 'Measured', 'Quartiles', 'Target', 'Verdict', 'In detail'];

/** Renders the report as a Markdown table. */
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
    bound(each),
    verdict(each),
    each.detail,
  ]);
  const missed = measurements.filter((each) => !isWithin(each)).length;
  return [
    `Node.js ${node}, ${cpus} processors, load ${before.toFixed(1)} before and ${after.toFixed(1)} after.`,
    'A ratio is the median of ratios to `node -e 0`, or to what its line names, run alternately, whole processes.',
    '',
    ...[head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`),
    '',
    missed === 0
      ? 'Everything is within its target.'
      : `${missed} of ${measurements.length} miss their target.`,
  ].join('\n');
}

/** Renders one measurement in short, for people who watch. */
export function renderLine(measurement: Measurement): string {
  const { name, value, unit, target } = measurement;
  const aim = target === undefined ? '' : ` (${bound(measurement)})`;
  return `${name}: ${amount(value, unit)}${aim}`;
}

function bound({ target, unit }: Measurement): string {
  if (target === undefined) return '';
  return `${unit === '/s' ? '>=' : '<='} ${amount(target, unit)}`;
}

function verdict(measurement: Measurement): string {
  if (measurement.target === undefined) return '';
  if (isWithin(measurement)) return 'ok';
  return measurement.unit === '/s' ? 'under' : 'over';
}

function amount(value: number, unit: Unit): string {
  switch (unit) {
    case 'count':
    case 'characters':
      return String(value);
    case 'x':
      return `${value.toFixed(2)}x`;
    case 'MB':
      return `${value.toFixed(1)} MB`;
    case 'ms':
      return `${value.toFixed(0)} ms`;
    case '/s':
      return `${value.toFixed(0)}/s`;
  }
}
