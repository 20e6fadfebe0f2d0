// Owns how far back the page looks; the server keeps more.

/** The window of every chart of the page, ms. */
export const windowMs = 300_000
