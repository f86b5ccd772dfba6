import type { ClientView, RegistryEntryView } from '../../model/answers/registry.ts';
import { findByWord } from '../../model/known-word.ts';
import { defaultMinutesRule } from '../../model/registry/minutes-rule.ts';
import { roundings } from '../../model/registry/rounding.ts';
import { renderTime } from '../text/age.ts';
import { renderMoney } from '../text/money.ts';
import { renderQuoted, safeLine } from '../text/safe-text.ts';
import { section } from '../text/section.ts';
import { type OutputStyle, paint } from '../text/style.ts';
import { renderRows } from '../text/table.ts';
import { renderActor } from '../text/who.ts';

/** Labels of the fields that only some kinds have. */
const labels: Readonly<Record<string, string>> = {
  client: 'client',
  repository: 'repository',
  kind: 'kind',
};

/** Confirms a change: `Added client acme-corp  Acme Corp`. */
export function renderRegistryChange(
  verb: string,
  { noun, view }: { readonly noun: string; readonly view: RegistryEntryView },
): string {
  return `${verb} ${noun} ${renderSlug(view.slug)}  ${safeLine(view.name, 200)}`;
}

/** Lists entries, one line each: slug, name, and other facts. */
export function renderRegistryEntries(
  views: readonly RegistryEntryView[],
  style: OutputStyle,
): readonly string[] {
  const rows = views.map((view) => {
    const facts = factsOf(view);
    const tail = facts.length === 0 ? '' : paint(style, 'dim', `  (${facts.join('; ')})`);
    const slug = { text: renderSlug(view.slug), paint: 'bold' } as const;
    return [slug, `${safeLine(view.name, 200)}${tail}`];
  });
  return renderRows(rows, [{}], style);
}

/** Shows everything about one entry. What people wrote is quoted. */
export function renderRegistryEntry(view: RegistryEntryView, style: OutputStyle): string {
  const spec = 'featureSpec' in view ? view.featureSpec : null;
  return [
    `${paint(style, 'bold', renderSlug(view.slug))}  ${safeLine(view.name, 200)}`,
    ...factsOf(view),
    `created ${renderTime(view.createdAt)} by ${renderActor(view.createdBy)}`,
    ...section('Note', renderQuoted(view.note)),
    ...section('Spec', renderQuoted(typeof spec === 'string' ? spec : '')),
  ].join('\n');
}

/** Renders a slug, which is made of what strangers wrote. */
export function renderSlug(slug: string): string {
  return safeLine(slug, 64);
}

function factsOf(view: RegistryEntryView): readonly string[] {
  const named = Object.entries(view).flatMap(([field, value]) => {
    const label = Object.hasOwn(labels, field) ? labels[field] : undefined;
    return label === undefined || typeof value !== 'string'
      ? []
      : [`${label} ${safeLine(value, 500)}`];
  });
  return [
    ...named,
    ...roundingOf(view),
    ...ruleOf(view),
    ...zoneOf(view),
    ...rateOf(view),
    ...(view.archivedAt === null ? [] : ['archived']),
  ];
}

function zoneOf({ timeZone = null }: RegistryEntryView & Partial<ClientView>): readonly string[] {
  return timeZone === null ? [] : [`days of ${safeLine(timeZone, 64)}`];
}

/** Says which minutes are billed, where it is not what was measured. */
function ruleOf({ minutesRule }: RegistryEntryView & Partial<ClientView>): readonly string[] {
  if (minutesRule === undefined || minutesRule === defaultMinutesRule) return [];
  return [`minutes as ${safeLine(minutesRule, 16)} by agents`];
}

/** Says what an hour costs. A rate without a currency, or the other way round, bills nothing. */
function rateOf({
  rate = null,
  currency = null,
}: RegistryEntryView & Partial<ClientView>): readonly string[] {
  if (rate !== null && currency !== null) {
    return [`${renderMoney({ amount: rate, currency })} an hour`];
  }
  if (rate !== null) return [`${rate} an hour, of no currency: bills have no amounts`];
  return currency === null ? [] : [`${safeLine(currency, 3)}, without a rate`];
}

/**
 * Says how a client's minutes are rounded. A step of one minute is no rounding, and the other kinds
 * have none.
 */
function roundingOf({
  roundingMinutes = 1,
  roundingMode,
}: RegistryEntryView & Partial<ClientView>): readonly string[] {
  if (roundingMinutes === 1 || roundingMode === undefined) return [];
  const { words = `rounded ${safeLine(roundingMode, 8)} to` } =
    findByWord(roundings, roundingMode) ?? {};
  return [`${words} ${roundingMinutes} min`];
}
