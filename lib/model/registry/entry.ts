// Without zod: what completes a task makes its work item, and hooks share that code.
import type { MinutesRuleName } from './minutes-rule.ts';
import type { RoundingMode } from './rounding.ts';

/** A client, a project or infrastructure: whom or what work is for. */
export interface RegistryEntry {
  readonly id: string;
  readonly workspaceId: string;
  /** Its name as `entrySlug` writes it: unique in the workspace, and a name by itself. */
  readonly slug: string;
  readonly name: string;
  readonly note: string;
  readonly archivedAt: string | null;
  readonly createdAt: string;
  readonly createdBy: string;
  readonly updatedAt: string;
  readonly revision: string;
}

/** Who pays. */
export interface Client extends RegistryEntry {
  /** Billable minutes are rounded to a multiple of this. */
  readonly roundingMinutes: number;
  readonly roundingMode: RoundingMode;
  /** Which minutes of its runs are billed. */
  readonly minutesRule: MinutesRuleName;
  /** The IANA time zone in whose days it is billed; null: in those of the person who asks. */
  readonly timeZone: string | null;
  /** What an hour costs, in the currency's smallest unit. */
  readonly rate: number | null;
  /** ISO 4217; without one, and without a rate, bills have minutes alone. */
  readonly currency: string | null;
}

/** What development work belongs to. */
export interface Project extends RegistryEntry {
  readonly clientId: string | null;
  readonly repository: string | null;
  readonly featureSpec: string | null;
}

/** A server, a network, a service: what work is done on. */
export interface Infrastructure extends RegistryEntry {
  readonly clientId: string | null;
  /** `nas`, `firewall`, `mail`: free text. */
  readonly kind: string | null;
}

const longestSlug = 64;

/**
 * Gives the slug by which a name is looked up: `Acme  Corp.` and `acme-corp` are the same. Letters
 * of all scripts count; accents of Latin, Greek and Cyrillic ones do not. It is empty when the name
 * has no letter and no digit.
 */
export function entrySlug(name: string): string {
  const words = name
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]+/g, '')
    .normalize('NFC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\p{M}]+/gu, '-');
  return [...words.replace(/^-+/, '')].slice(0, longestSlug).join('').replace(/-+$/, '');
}
