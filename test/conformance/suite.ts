import { describe } from 'vitest';
import type { Engine } from '../engines/engines.ts';
import { acceptanceSuite } from './acceptance.ts';
import { activeTimeSuite } from './active-time.ts';
import { type Bench, useBench } from './bench.ts';
import { billingSuite } from './billing.ts';
import { blockSuite } from './block.ts';
import { branchSuite } from './branch.ts';
import { claimSuite } from './claim.ts';
import { closeSuite } from './close.ts';
import { constraintsSuite } from './constraints.ts';
import { containerSuite } from './container.ts';
import { createSuite } from './create.ts';
import { estimateSuite } from './estimate.ts';
import { insightsSuite } from './insights.ts';
import { judgeSuite } from './judge.ts';
import { keysSuite } from './keys.ts';
import { linkSuite } from './link.ts';
import { listSuite } from './list.ts';
import { migrateSuite } from './migrate.ts';
import { modesSuite } from './modes.ts';
import { noteSuite } from './note.ts';
import { orchestrateSuite } from './orchestrate.ts';
import { planSuite } from './plan.ts';
import { promptListSuite } from './prompt-list.ts';
import { queryPlansSuite } from './query-plans.ts';
import { recapSuite } from './recap.ts';
import { revisionsSuite } from './revisions.ts';
import { rightsSuite } from './rights.ts';
import { searchSuite } from './search.ts';
import { sessionsSuite } from './sessions.ts';
import { statsSuite } from './stats.ts';
import { subjectsSuite } from './subjects.ts';
import { textSuite } from './text.ts';
import { timesSuite } from './times.ts';
import { workItemsSuite } from './work-items.ts';

const onOneDatabase: Readonly<Record<string, (bench: Bench) => void>> = {
  create: createSuite,
  plan: planSuite,
  claim: claimSuite,
  close: closeSuite,
  link: linkSuite,
  block: blockSuite,
  note: noteSuite,
  container: containerSuite,
  list: listSuite,
  branch: branchSuite,
  search: searchSuite,
  recap: recapSuite,
  stats: statsSuite,
  estimate: estimateSuite,
  'prompt list': promptListSuite,
  sessions: sessionsSuite,
  keys: keysSuite,
  revisions: revisionsSuite,
  text: textSuite,
  times: timesSuite,
  'active time': activeTimeSuite,
  orchestrate: orchestrateSuite,
  judge: judgeSuite,
  acceptance: acceptanceSuite,
  subjects: subjectsSuite,
  modes: modesSuite,
  'work items': workItemsSuite,
  billing: billingSuite,
  insights: insightsSuite,
  constraints: constraintsSuite,
  rights: rightsSuite,
};

/** What holds on every engine, as its everyday user sees it. */
export function conformanceSuite(engine: Engine): void {
  describe('lists', () => {
    const bench = useBench(engine, 'conformance');
    for (const [topic, suite] of Object.entries(onOneDatabase)) describe(topic, () => suite(bench));
  });
  describe('migrate', () => migrateSuite(engine));
  describe('query plans', () => queryPlansSuite(engine));
}
