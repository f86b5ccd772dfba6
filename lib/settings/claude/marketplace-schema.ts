import * as z from 'zod/mini';
import { each, text, texts } from './value-schemas.ts';

const git = { ...each(text, 'ref path'), ...each(texts, 'sparsePaths') };

const kinds = [
  z.looseObject({
    source: z.literal('url'),
    url: z.url(),
    headers: z.optional(z.record(text, text)),
  }),
  z.looseObject({ source: z.literal('github'), repo: text, ...git }),
  z.looseObject({ source: z.literal('git'), url: text, ...git }),
  z.looseObject({ source: z.literal('npm'), package: text }),
  z.looseObject({ source: z.enum(['file', 'directory']), path: text }),
  z.looseObject({ source: z.literal('skills-dir') }),
  z.looseObject({ source: z.literal('hostPattern'), hostPattern: text }),
  z.looseObject({ source: z.literal('pathPattern'), pathPattern: text }),
  z.looseObject({ source: z.literal('settings'), name: text, plugins: z.array(z.unknown()) }),
] as const;

const wrong = 'is no source of marketplaces that Claude Code knows';

/** Where a marketplace of plugins that is allowed comes from (tried with 2.1.332). */
export const knownMarketplace = z.discriminatedUnion('source', kinds, wrong);

/** Where a marketplace of plugins that is forbidden comes from. */
export const blockedMarketplace = z.discriminatedUnion(
  'source',
  [...kinds, z.looseObject({ source: z.literal('pluginDirectory') })],
  wrong,
);
