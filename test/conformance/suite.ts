import { describe } from 'vitest';
import type { Engine } from '../engines/engines.ts';
import { findGivenSuite } from './agents/find-given.ts';
import { hinderedSuite } from './agents/hindered.ts';
import { judgeSuite } from './agents/judge.ts';
import { judgeReviewsSuite } from './agents/judge-reviews.ts';
import { orchestrateSuite } from './agents/orchestrate.ts';
import { orchestrateOrderSuite } from './agents/orchestrate-order.ts';
import { archiveSuite } from './archive/archive.ts';
import { moveArchiveSuite } from './archive/move-archive.ts';
import { billedWorkSuite } from './billing/billed-work.ts';
import { billingSuite } from './billing/billing.ts';
import { invoicesSuite } from './billing/invoices.ts';
import { monthSuite } from './billing/month.ts';
import { saidMinutesSuite } from './billing/said-minutes.ts';
import { workItemsSuite } from './billing/work-items.ts';
import { constraintsSuite } from './database/constraints.ts';
import { migrateSuite } from './database/migrate.ts';
import { queryPlansSuite } from './database/query-plans.ts';
import { revisionsSuite } from './database/revisions.ts';
import { rightsSuite } from './database/rights.ts';
import { textSuite } from './database/text.ts';
import { timesSuite } from './database/times.ts';
import { unknownWordsSuite } from './database/unknown-words.ts';
import { containerSuite } from './derive/container.ts';
import { ownWorkSuite } from './derive/own-work.ts';
import { insightsSuite } from './insights/insights.ts';
import { importTasksSuite } from './moving/import-tasks.ts';
import { leaveListSuite } from './moving/leave-list.ts';
import { moveListSuite } from './moving/move-list.ts';
import { otherListSuite } from './outbox/other-list.ts';
import { replaySuite } from './outbox/replay.ts';
import { thereAlreadySuite } from './outbox/there-already.ts';
import { entryTasksSuite } from './reads/entry-tasks.ts';
import { estimateSuite } from './reads/estimate.ts';
import { eventsSinceSuite } from './reads/events-since.ts';
import { eventsWithTasksSuite } from './reads/events-with-tasks.ts';
import { filteredListSuite } from './reads/filtered-list.ts';
import { listSuite } from './reads/list.ts';
import { offeredSuite } from './reads/offered.ts';
import { overviewSuite } from './reads/overview.ts';
import { pastListSuite } from './reads/past-list.ts';
import { promptListSuite } from './reads/prompt-list.ts';
import { recapSuite } from './reads/recap.ts';
import { searchSuite } from './reads/search.ts';
import { searchTextsSuite } from './reads/search-texts.ts';
import { statsSuite } from './reads/stats.ts';
import { treeSuite } from './reads/tree.ts';
import { modesSuite } from './registry/modes.ts';
import { registrySuite } from './registry/registry.ts';
import { activeTimeSuite } from './runs/active-time.ts';
import { manySessionsSuite } from './runs/many-sessions.ts';
import { sessionsSuite } from './runs/sessions.ts';
import { touchedFilesSuite } from './runs/touched-files.ts';
import { acceptanceSuite } from './tasks/acceptance.ts';
import { blockSuite } from './tasks/block.ts';
import { claimSuite } from './tasks/claim.ts';
import { claimBranchSuite } from './tasks/claim-branch.ts';
import { claimInSessionSuite } from './tasks/claim-in-session.ts';
import { closeSuite } from './tasks/close.ts';
import { createSuite } from './tasks/create.ts';
import { handOverSuite } from './tasks/hand-over.ts';
import { keysSuite } from './tasks/keys.ts';
import { labelsSuite } from './tasks/labels.ts';
import { lateWorkerSuite } from './tasks/late-worker.ts';
import { linkSuite } from './tasks/link.ts';
import { moveSuite } from './tasks/move.ts';
import { noteSuite } from './tasks/note.ts';
import { planSuite } from './tasks/plan.ts';
import { requestsSuite } from './tasks/requests.ts';
import { scheduleSuite } from './tasks/schedule.ts';
import { settleBlockSuite } from './tasks/settle-block.ts';
import { severalSuite } from './tasks/several.ts';
import { undoSuite } from './tasks/undo.ts';
import { undoFieldsSuite } from './tasks/undo-fields.ts';
import { undoRefusedSuite } from './tasks/undo-refused.ts';
import { type TestLists, useTestLists } from './test-lists.ts';

const onOneDatabase: Readonly<Record<string, (lists: TestLists) => void>> = {
  create: createSuite,
  plan: planSuite,
  'hand-over': handOverSuite,
  claim: claimSuite,
  'claim with a branch': claimBranchSuite,
  'claim in a session': claimInSessionSuite,
  'a task for an agent': findGivenSuite,
  close: closeSuite,
  'late worker': lateWorkerSuite,
  link: linkSuite,
  block: blockSuite,
  'settle block': settleBlockSuite,
  note: noteSuite,
  move: moveSuite,
  schedule: scheduleSuite,
  labels: labelsSuite,
  requests: requestsSuite,
  several: severalSuite,
  undo: undoSuite,
  'undo of fields': undoFieldsSuite,
  'undo refused': undoRefusedSuite,
  container: containerSuite,
  'own work': ownWorkSuite,
  list: listSuite,
  'filtered list': filteredListSuite,
  'events since': eventsSinceSuite,
  'past lists': pastListSuite,
  'events with tasks': eventsWithTasksSuite,
  tree: treeSuite,
  search: searchSuite,
  'search-texts': searchTextsSuite,
  overview: overviewSuite,
  recap: recapSuite,
  stats: statsSuite,
  'entry-tasks': entryTasksSuite,
  estimate: estimateSuite,
  offered: offeredSuite,
  'prompt list': promptListSuite,
  sessions: sessionsSuite,
  'many sessions': manySessionsSuite,
  'touched-files': touchedFilesSuite,
  keys: keysSuite,
  revisions: revisionsSuite,
  text: textSuite,
  times: timesSuite,
  'active time': activeTimeSuite,
  orchestrate: orchestrateSuite,
  'orchestrate in order': orchestrateOrderSuite,
  hindered: hinderedSuite,
  judge: judgeSuite,
  'judge reviews': judgeReviewsSuite,
  acceptance: acceptanceSuite,
  subjects: registrySuite,
  modes: modesSuite,
  'work items': workItemsSuite,
  'billed work': billedWorkSuite,
  billing: billingSuite,
  'said minutes': saidMinutesSuite,
  'a month of bills': monthSuite,
  invoices: invoicesSuite,
  insights: insightsSuite,
  constraints: constraintsSuite,
  rights: rightsSuite,
  'unknown words': unknownWordsSuite,
  archive: archiveSuite,
  'moving an archive': moveArchiveSuite,
  'moving a list': moveListSuite,
  'leaving a list': leaveListSuite,
  'importing tasks': importTasksSuite,
  'queued changes': replaySuite,
  'queued changes of another list': otherListSuite,
  'queued changes that are there already': thereAlreadySuite,
};

/** What holds on every engine, as its everyday user sees it. */
export function conformanceSuite(engine: Engine): void {
  describe('lists', () => {
    const lists = useTestLists(engine, 'conformance');
    for (const [topic, suite] of Object.entries(onOneDatabase)) describe(topic, () => suite(lists));
  });
  describe('migrate', () => migrateSuite(engine));
  describe('query plans', () => queryPlansSuite(engine));
}
