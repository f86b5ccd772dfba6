import type { Hindrance } from '../run/hindrance.ts';
import type { RunRole } from '../run/run.ts';
import type { ReportNext } from './run.ts';

/** What happens while a plan runs, for whoever watches. Text is as stored: rendering makes it safe. */
export type Progress =
  | { readonly kind: 'recovered'; readonly keys: readonly string[] }
  | { readonly kind: 'ordered'; readonly key: string; readonly links: number }
  | {
      readonly kind: 'started';
      readonly key: string;
      readonly title: string;
      readonly agent: string;
      readonly role: RunRole;
      readonly attempt: number;
      readonly cycle: number;
    }
  | {
      /** There is no such agent, and another takes the task. */
      readonly kind: 'replaced';
      readonly key: string;
      readonly title: string;
      readonly agent: string;
      readonly by: string;
    }
  | {
      readonly kind: 'ended';
      readonly key: string;
      readonly title: string;
      readonly agent: string;
      readonly next: ReportNext;
      /** The work that a review of the plan rejected. */
      readonly sentBack: readonly { readonly key: string; readonly title: string }[];
      readonly outcome: string | null;
      readonly minutes: number;
    }
  | { readonly kind: 'dropped'; readonly key: string; readonly reason: string }
  | {
      /** Nothing more is handed out until a time, an ISO text; `key` is the whole plan's. */
      readonly kind: 'waiting';
      readonly key: string;
      readonly hindrance: Hindrance;
      readonly until: string;
    }
  | { readonly kind: 'retrying'; readonly what: string; readonly reason: string };

/** Hears what happens while a plan runs, as it happens. */
export type OnProgress = (progress: Progress) => void;
