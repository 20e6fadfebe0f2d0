// How long tests wait for what they mean. It is no part of what they claim: a slow and busy machine may take this long, and
// only a test that fails takes all of it.

/** For one thing that is to happen, ms. */
export const patienceMs = 60_000

/** For `vi.waitFor`. */
export const patience = { timeout: patienceMs, interval: 5 }

/** For `vi.waitFor`, of what happens within this process and is waited for again and again. */
export const quick = { ...patience, interval: 1 }
