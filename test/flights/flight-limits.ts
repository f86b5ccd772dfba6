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
  list: { mariadb: 19, dolt: 19 },
  'list, with a sign of life': { mariadb: 20, dolt: 20 },
  ready: { mariadb: 13, dolt: 13 },
  show: { mariadb: 19, dolt: 19 },
  recap: { mariadb: 21, dolt: 21 },
  stats: { mariadb: 15, dolt: 15 },
  search: { mariadb: 16, dolt: 16 },
  checklist: { mariadb: 17, dolt: 17 },
  log: { mariadb: 10, dolt: 10 },
  runs: { mariadb: 15, dolt: 15 },
  billing: { mariadb: 11, dolt: 11 },
  create: { mariadb: 16, dolt: 19 },
  'create, in a plan': { mariadb: 20, dolt: 23 },
  'create --needs': { mariadb: 21, dolt: 24 },
  'claim --next': { mariadb: 34, dolt: 37 },
  claim: { mariadb: 35, dolt: 38 },
  'claim, with a sign of life': { mariadb: 37, dolt: 40 },
  note: { mariadb: 17, dolt: 20 },
  block: { mariadb: 40, dolt: 43 },
  unblock: { mariadb: 39, dolt: 42 },
  release: { mariadb: 38, dolt: 41 },
  report: { mariadb: 41, dolt: 44 },
  close: { mariadb: 39, dolt: 42 },
  'close, with a sign of life': { mariadb: 40, dolt: 43 },
  cancel: { mariadb: 20, dolt: 23 },
  reopen: { mariadb: 20, dolt: 23 },
  update: { mariadb: 20, dolt: 23 },
  'update --status': { mariadb: 41, dolt: 44 },
  'claim, in a plan': { mariadb: 42, dolt: 45 },
  'note, in a plan': { mariadb: 17, dolt: 20 },
  'block, in a plan': { mariadb: 44, dolt: 47 },
  'unblock, in a plan': { mariadb: 43, dolt: 46 },
  'release, in a plan': { mariadb: 42, dolt: 45 },
  'report, in a plan': { mariadb: 45, dolt: 48 },
  'close, in a plan': { mariadb: 43, dolt: 46 },
  'cancel, in a plan': { mariadb: 20, dolt: 23 },
  'reopen, in a plan': { mariadb: 20, dolt: 23 },
  'update, in a plan': { mariadb: 20, dolt: 23 },
  'update --status, in a plan': { mariadb: 45, dolt: 48 },
  link: { mariadb: 20, dolt: 23 },
  'link, in a plan': { mariadb: 20, dolt: 23 },
  unlink: { mariadb: 20, dolt: 23 },
  'plan of 10': { mariadb: 16, dolt: 19 },
  'plan of 10, in order': { mariadb: 17, dolt: 20 },
  'plan of 100': { mariadb: 19, dolt: 22 },
  'plan of 100, in order': { mariadb: 20, dolt: 23 },
};
