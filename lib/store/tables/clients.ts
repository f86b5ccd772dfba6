import type { Client } from '../../model/registry/entry.ts';
import type { RoundingMode } from '../../model/registry/rounding.ts';
import { integer, text, textOrNull } from '../sql/columns.ts';
import type { RegistryTable } from './registry.ts';

export const clientTable: RegistryTable<Client> = {
  name: 'clients',
  own: ['rounding_minutes', 'rounding_mode', 'time_zone'],
  toOwn: (row) => ({
    roundingMinutes: integer(row, 'rounding_minutes'),
    roundingMode: text(row, 'rounding_mode') as RoundingMode,
    timeZone: textOrNull(row, 'time_zone'),
  }),
  fromOwn: ({ roundingMinutes, roundingMode, timeZone }) => ({
    rounding_minutes: roundingMinutes,
    rounding_mode: roundingMode,
    time_zone: timeZone,
  }),
};
