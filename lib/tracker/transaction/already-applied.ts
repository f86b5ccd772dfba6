/** Says inside a transaction that the queued request it is for was done before. */
export class AlreadyApplied extends Error {
  constructor(requestId: string) {
    super(`the request ${requestId} was done before`);
    this.name = 'AlreadyApplied';
  }
}
