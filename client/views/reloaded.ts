// Owns whether this page is here because it was reloaded: what reloads it by itself does so only once.

/** The browser's record of how a page came. */
export type PageRecord = Pick<Performance, 'getEntriesByType'>

/** Whether the page was reloaded, by the reader or by itself. */
export function wasReloaded(record: PageRecord): boolean {
  return record.getEntriesByType('navigation').some((entry) => 'type' in entry && entry.type === 'reload')
}
