/** How many flights one run of a verb may take. */
interface FlightLimit {
  readonly mariadb: number;
  readonly dolt: number;
}

/**
 * What each verb took when it was last made cheaper; a change may lower these, never raise them.
 * The aim is 6 for what looks, 9 for what writes, 12 for a plan of ten and 15 for one of a hundred.
 */
export const flightLimits: Readonly<Record<string, FlightLimit>> = {
  list: { mariadb: 6, dolt: 6 },
  'list, with a sign of life': { mariadb: 7, dolt: 7 },
  ready: { mariadb: 6, dolt: 6 },
  show: { mariadb: 6, dolt: 6 },
  recap: { mariadb: 6, dolt: 6 },
  stats: { mariadb: 6, dolt: 6 },
  search: { mariadb: 6, dolt: 6 },
  checklist: { mariadb: 6, dolt: 6 },
  log: { mariadb: 5, dolt: 5 },
  runs: { mariadb: 6, dolt: 6 },
  billing: { mariadb: 6, dolt: 6 },
  create: { mariadb: 7, dolt: 7 },
  'create, in a plan': { mariadb: 7, dolt: 7 },
  'create --needs': { mariadb: 7, dolt: 7 },
  'claim --next': { mariadb: 10, dolt: 10 },
  claim: { mariadb: 7, dolt: 7 },
  'claim, with a sign of life': { mariadb: 8, dolt: 8 },
  note: { mariadb: 7, dolt: 7 },
  block: { mariadb: 7, dolt: 7 },
  unblock: { mariadb: 7, dolt: 7 },
  release: { mariadb: 7, dolt: 7 },
  report: { mariadb: 7, dolt: 7 },
  close: { mariadb: 7, dolt: 7 },
  'close, with a sign of life': { mariadb: 8, dolt: 8 },
  cancel: { mariadb: 7, dolt: 7 },
  reopen: { mariadb: 7, dolt: 7 },
  update: { mariadb: 7, dolt: 7 },
  'update --status': { mariadb: 7, dolt: 7 },
  'claim, in a plan': { mariadb: 7, dolt: 7 },
  'note, in a plan': { mariadb: 7, dolt: 7 },
  'block, in a plan': { mariadb: 7, dolt: 7 },
  'unblock, in a plan': { mariadb: 7, dolt: 7 },
  'release, in a plan': { mariadb: 7, dolt: 7 },
  'report, in a plan': { mariadb: 7, dolt: 7 },
  'close, in a plan': { mariadb: 7, dolt: 7 },
  'cancel, in a plan': { mariadb: 7, dolt: 7 },
  'reopen, in a plan': { mariadb: 7, dolt: 7 },
  'update, in a plan': { mariadb: 7, dolt: 7 },
  'update --status, in a plan': { mariadb: 7, dolt: 7 },
  link: { mariadb: 7, dolt: 7 },
  'link, in a plan': { mariadb: 7, dolt: 7 },
  unlink: { mariadb: 7, dolt: 7 },
  'plan of 10': { mariadb: 7, dolt: 7 },
  'plan of 10, in order': { mariadb: 7, dolt: 7 },
  'plan of 100': { mariadb: 7, dolt: 7 },
  'plan of 100, in order': { mariadb: 7, dolt: 7 },
};
