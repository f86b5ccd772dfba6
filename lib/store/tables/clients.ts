import type { Client } from '../../model/registry/entry.ts';
import type { MinutesRuleName } from '../../model/registry/minutes-rule.ts';
import type { RoundingMode } from '../../model/registry/rounding.ts';
import { integer, integerOrNull, text, textOrNull } from '../sql/columns.ts';
import type { RegistryTable } from './registry.ts';

export const clientTable: RegistryTable<Client> = {
  name: 'clients',
  own: ['rounding_minutes', 'rounding_mode', 'minutes_rule', 'time_zone', 'rate', 'currency'],
  toOwn: (row) => ({
    roundingMinutes: integer(row, 'rounding_minutes'),
    roundingMode: text(row, 'rounding_mode') as RoundingMode,
    minutesRule: text(row, 'minutes_rule') as MinutesRuleName,
    timeZone: textOrNull(row, 'time_zone'),
    rate: integerOrNull(row, 'rate'),
    currency: textOrNull(row, 'currency'),
  }),
  fromOwn: ({ roundingMinutes, roundingMode, minutesRule, timeZone, rate, currency }) => ({
    rounding_minutes: roundingMinutes,
    rounding_mode: roundingMode,
    minutes_rule: minutesRule,
    time_zone: timeZone,
    rate,
    currency,
  }),
};
