// Owns every number of the protocol, with its unit and source; it does not enforce any of them.

/**
 * The protocol's limits: what a server accepts and a client may rely on. `welcome` tells them, so that a client
 * never has to guess. Sources: DESIGN.md's wire section, and REALTIME.md where a number has a reason there.
 */
export const limits = Object.freeze({
  /** A frame from client to server, bytes. Centrifugo's default; ws would take 100 MiB. */
  maxFrameBytes: 65_536,
  /** A request body over HTTP as it arrives, bytes. */
  maxBodyBytes: 1_048_576,
  /** A request body after unpacking, bytes: what stops a gzip bomb. */
  maxUnpackedBytes: 8_388_608,
  maxSamplesPerBatch: 5_000,
  maxSeriesPerGroup: 2_000,
  maxSeriesInProcess: 10_000,
  maxGroups: 10_000,
  maxGroupsPerSocket: 32,
  /** Of one address (IPv6: of one /64): WebSockets, event streams and polls that wait. A launch day may come by one proxy. */
  maxLinksPerAddress: 10_000,
  /** Code points, of a group's canonical name. */
  maxGroupNameLength: 64,
  /** Code points, of a metric's name; also of its title. */
  maxMetricLength: 200,
  /** Code points, of a label's name; also of a unit. */
  maxLabelNameLength: 64,
  /** Code points, of a label's value. */
  maxLabelValueLength: 200,
  maxLabels: 10,
  /** Code points, of an annotation's text. */
  maxTextLength: 4_000,
  /** Code points, of a name shown to others. */
  maxNameLength: 64,
  /** Code points, of an idempotency key or a secret. */
  maxKeyLength: 200,
  /** Code points, of one reaction (an emoji may be a long sequence). */
  maxReactionLength: 16,
  /** Different reactions on one annotation, and names on one reaction. */
  maxReactions: 50,
  /** Names on all reactions of one annotation: an annotation must always fit into a snapshot. */
  maxReactionNames: 500,
  maxRecipients: 20,
  /** Code points, of what is searched for. */
  maxQueryLength: 200,
  /** A sample may be this old, ms (30 days). */
  maxSampleAgeMs: 2_592_000_000,
  /** A sample may be this far ahead of the server's clock, ms; it is then taken as now. */
  maxSampleAheadMs: 60_000,
  /** Any update, bytes of JSON: the next four keep it below. */
  maxUpdateBytes: 1_048_576,
  /** The definitions of one group, bytes of JSON. */
  maxDefinitionBytes: 524_288,
  /** A board, bytes of JSON. */
  maxBoardBytes: 32_768,
  /** Charts that somebody arranged, and the edits of one `arrange`. */
  maxCharts: 200,
  maxBoardEdits: 50,
  /** A chart's metrics, its thresholds, and the categories that it shows by themselves. */
  maxChartMetrics: 8,
  maxThresholds: 4,
  maxTop: 50,
  /** The columns of a board, and the sizes of a chart on it: in columns, and in rows of 48 px with 24 px between. */
  boardColumns: 12,
  minChartColumns: 2,
  minChartRows: 2,
  maxChartRows: 12,
  /** The annotations of one update, bytes of JSON. */
  maxSnapshotAnnotationBytes: 262_144,
  /** One window, bytes of JSON; less where the rest of an update may need the room. */
  maxWindowBytes: 262_144,
  /** Annotations that a snapshot carries. */
  snapshotAnnotations: 100,
  /** Of the logs, what one update carries at most: their number, and bytes of JSON within those of the annotations. */
  updateLogs: 100,
  maxUpdateLogBytes: 65_536,
  /** An alert with the words of an earlier one repeats it, when that is not older than this, ms (24 hours). */
  repeatMs: 86_400_000,
  /** Removals, and changed annotations, that a group remembers: what a difference can tell. */
  rememberedChanges: 1_000,
  /** Points a series has in a window at most. */
  maxWindowPoints: 300,
  /** Annotations on a page when nobody asked, and at most. */
  pageAnnotations: 50,
  maxPageAnnotations: 200,
  /** Buckets a series has in a history when nobody asked, and at most. */
  historyBuckets: 300,
  maxHistoryBuckets: 1_000,
  /** Buckets of all series in one answer of a history: with many series they are wider. */
  maxHistoryPoints: 50_000,
  /** Names that presence carries; the count is always whole. */
  presenceNames: 20,
  /** Faults that a problem document lists. */
  maxFaults: 20,
  /** How long each series is kept in memory, ms (15 minutes). */
  windowMs: 900_000,
  /** The paces a subscriber may ask for, ms. */
  pacesMs: Object.freeze([100, 250, 500, 1_000, 2_000, 5_000, 10_000, 60_000] as const),
  defaultPaceMs: 1_000,
  /** The server pings this often: below the 60 s at which common proxies cut a silent connection. */
  pingMs: 25_000,
  /** The client answers a ping within this. */
  pongMs: 8_000,
  /** The client's own deadline is `pingMs` plus this, by the wall clock, reset by any frame. */
  graceMs: 10_000,
  /** `hello` is due within this. */
  helloMs: 10_000,
  /** Changes that come this soon after one another go together, where the last ones did too, ms. */
  gatherMs: 20,
  /** A new annotation waits this long at most, so that several go together, ms. */
  annotationGatherMs: 50,
  /** Bytes waiting on a link from which on it is full and gets nothing until it drains. */
  fullLinkBytes: 65_536,
  /** A link that stays full this long is closed with 3008, ms. */
  slowLinkMs: 30_000,
  /** How long a key of a batch is remembered, ms. */
  keyMs: 86_400_000,
})

/** The subprotocol of the WebSocket; its digit is the protocol's major version. */
export const subprotocol = 'chartroom.v1'
