import fc from 'fast-check';

/** The seed that property tests draw from, unless DOCKET_TEST_SEED names another or is `random`. */
const usualSeed = 20_261_129;

// A test run decides whether a change may land, so it must find the same today as tomorrow. What
// other seeds find is looked for on purpose: DOCKET_TEST_SEED=random.
const seed = process.env.DOCKET_TEST_SEED ?? usualSeed;
if (seed !== 'random') fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(seed) });
