// Owns GET .../history and .../history.csv: what is asked of the past and how it is told. Its making is the engine's.

import {
  accept,
  cursorOf,
  decodeValue,
  encodeCursor,
  type History,
  limits,
  metricName,
  pointerStep,
  type Result,
  readSeriesKey,
  refuse,
  type SeriesHistory,
} from '@chartroom/shared'
import { type Context, Hono } from 'hono'
import { historyParts } from '../engine/history-parts.ts'
import type { HistoryQuery, HistoryRows } from '../engine/history-rows.ts'
import { groupOf, numberOf, refused } from './answer.ts'
import { csvHead, csvLines } from './history-csv.ts'
import type { RouteHost } from './host.ts'
import { momentRule, readMoment } from './moment.ts'
import { streamed } from './streamed.ts'

// As far as the charts of a page reach.
const defaultSpanMs = limits.windowMs
const pointFields = 6

/** `GET /history` answers as JSON, `GET /history.csv` as a stream of lines. */
export function createHistoryRoutes(host: RouteHost): Hono {
  const routes = new Hono({ strict: false })
  routes.get('/history', async (c) => {
    const query = queryOf(c, host, limits.historyBuckets)
    if (!query.ok) return refused(c, host, query.refusal)
    const history = await read(host, query.value)
    if (!history.ok) return refused(c, host, history.refusal)
    return c.json(history.value, 200, { 'Cache-Control': 'no-cache' })
  })
  routes.get('/history.csv', async (c) => {
    // As fine as it is kept, unless it is asked for otherwise.
    const query = queryOf(c, host, Number.MAX_SAFE_INTEGER)
    if (!query.ok) return refused(c, host, query.refusal)
    const name = encodeURIComponent(`${query.value.group}-history.csv`)
    return c.body(await streamed(csvOf(host, query.value), host), 200, {
      'Content-Type': 'text/csv; charset=utf-8; header=present',
      'Content-Disposition': `attachment; filename="history.csv"; filename*=UTF-8''${name}`,
      'Cache-Control': 'no-cache',
    })
  })
  return routes
}

function queryOf(c: Context, host: Pick<RouteHost, 'now'>, defaultBuckets: number): Result<HistoryQuery> {
  const group = groupOf(c)
  if (!group.ok) return group
  const metric = metricOf(c)
  if (!metric.ok) return metric
  const now = host.now()
  const to = momentOf(c, 'to', now, now)
  if (!to.ok) return to
  const from = momentOf(c, 'from', now, Math.max(0, to.value - defaultSpanMs))
  if (!from.ok) return from
  if (from.value >= to.value) return noParameter('from', 'must be before "to"')
  const buckets = numberOf(c, 'buckets', 1, limits.maxHistoryBuckets, defaultBuckets)
  if (!buckets.ok) return buckets
  return accept({ group: group.value, ...metric.value, from: from.value, to: to.value, buckets: buckets.value })
}

function metricOf(c: Context): Result<{ readonly metric?: string }> {
  const asked = c.req.query('metric')
  if (asked === undefined) return accept({})
  const metric = decodeValue(metricName, asked)
  if (metric.ok) return accept({ metric: metric.value })
  return noParameter('metric', metric.refusal.faults?.[0]?.message ?? 'is not the name of a metric')
}

function momentOf(c: Context, name: string, now: number, otherwise: number): Result<number> {
  const text = c.req.query(name)
  const moment = text === undefined ? otherwise : readMoment(text, now)
  return moment === undefined ? noParameter(name, momentRule) : accept(moment)
}

function noParameter(name: string, message: string): Result<never> {
  return refuse('malformed', `"${name}" ${message}.`, [{ pointer: pointerStep(name), message }])
}

async function read({ engine }: RouteHost, asked: HistoryQuery): Promise<Result<History>> {
  const { group, metric } = asked
  const { cursor, count } = await standOf(engine, asked)
  // The buckets in which the time begins and ends count as well.
  const room = Math.floor(limits.maxHistoryPoints / Math.max(1, count)) - 1
  const query = { ...asked, buckets: Math.max(1, Math.min(asked.buckets, room)) }
  const series: History['series'] = []
  let [points, start, bucketMs] = [0, 0, 0]
  for await (const part of historyParts(engine, query)) {
    ;({ start, bucketMs } = part)
    for (const one of part.series) points += one.points.length / pointFields
    if (points > limits.maxHistoryPoints) return tooMuch
    series.push(...part.series.map(({ key, points }) => ({ ...readSeriesKey(key), points: pointsOf(points, part) })))
  }
  const to = Math.ceil(query.to / bucketMs) * bucketMs
  return accept({ group, ...(metric === undefined ? {} : { metric }), from: start, to, bucketMs, series, cursor })
}

const tooMuch = refuse(
  'series_limit',
  `That is more than ${limits.maxHistoryPoints} buckets: ask for one metric, or for fewer buckets.`,
)

// Where the group stands before its past is read, and how many series are asked for.
async function standOf(engine: RouteHost['engine'], { group, metric }: HistoryQuery) {
  const followed = await engine.open(group)
  try {
    const { series } = followed.state
    const asked = [...series.values()].filter(({ definition }) => metric === undefined || definition.metric === metric)
    return { cursor: encodeCursor(cursorOf(followed.state)), count: asked.length }
  } finally {
    followed.close()
  }
}

function pointsOf(cells: Float64Array, { start, bucketMs }: HistoryRows): SeriesHistory['points'] {
  const points: SeriesHistory['points'] = []
  for (let at = 0; at < cells.length; at += pointFields) {
    const [index = 0, last, least, greatest, mean, count = 0] = cells.subarray(at, at + pointFields)
    const time = start + index * bucketMs
    points.push([time, plain(last), plain(least), plain(greatest), plain(mean), count])
  }
  return points
}

// JSON has neither NaN, which is a gap, nor the infinite mean of numbers too great to be added.
function plain(number: number | undefined): number | null {
  return number !== undefined && Number.isFinite(number) ? number : null
}

async function* csvOf({ engine }: RouteHost, query: HistoryQuery): AsyncGenerator<string> {
  const parts = historyParts(engine, query)
  // What fails at once is a refusal, not a broken answer.
  const first = await parts.next()
  yield csvHead
  if (!first.done) yield* csvLines(first.value)
  for await (const part of parts) yield* csvLines(part)
}
