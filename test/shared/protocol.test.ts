// Holds PROTOCOL.md to the schemas, the codes and the limits, so that a stranger who follows it is not misled.

import { readFileSync } from 'node:fs'
import {
  addresses,
  annotation,
  annotationPage,
  boardDraft,
  clientEnvelope,
  close,
  decodeClientEnvelope,
  decodeServerEnvelope,
  decodeValue,
  errorCodes,
  groupList,
  history,
  limits,
  mayReconnect,
  serverEnvelope,
} from '@chartroom/shared'
import { describe, expect, it } from 'vitest'

const text = readFileSync(new URL('../../shared/PROTOCOL.md', import.meta.url), 'utf8')

/** The JSON values of a section's first code block. */
function examplesOf(heading: string): string[] {
  const section = text.split(/^#+ /m).find((one) => one.startsWith(`${heading}\n`)) ?? ''
  const block = /```json\n([\s\S]*?)```/.exec(section)?.[1] ?? ''
  return block.split(/\n(?=\{)/).filter((one) => one !== '')
}

function typesOf(union: {
  def: { options: readonly { shape: { type: { def: { values: unknown[] } } } }[] }
}): string[] {
  return union.def.options.map(({ shape }) => String(shape.type.def.values[0]))
}

const sent = typesOf(clientEnvelope)
const received = typesOf(serverEnvelope)

describe('the published protocol', () => {
  it.each([...new Set([...sent, ...received])])('has a heading and a valid example of %s', (type) => {
    const examples = examplesOf(type)
    expect(examples.length).toBeGreaterThan(0)
    for (const example of examples) {
      const read = [decodeClientEnvelope(example), decodeServerEnvelope(example)].map((one) => one.ok && one.value)
      expect(read).toContainEqual(JSON.parse(example))
      expect(JSON.parse(example)).toMatchObject({ type })
    }
  })

  it('has valid examples of what HTTP answers', () => {
    const [page] = examplesOf('GET /api/groups/:group/annotations')
    const [list] = examplesOf('GET /api/groups')
    const [reached] = examplesOf('GET /api/addresses')
    const [past] = examplesOf('GET /api/groups/:group/history')
    const [arranged] = examplesOf('GET, PUT, PATCH, DELETE /api/groups/:group/board')
    expect(decodeValue(boardDraft, JSON.parse(arranged ?? '')).ok).toBe(true)
    expect(decodeValue(history, JSON.parse(past ?? ''))).toEqual({ ok: true, value: JSON.parse(past ?? '') })
    expect(decodeValue(addresses, JSON.parse(reached ?? '')).ok).toBe(true)
    const whole = /An annotation, here and everywhere:\n\n```json\n([\s\S]*?)```/.exec(text)?.[1]
    expect(decodeValue(annotationPage, JSON.parse(page ?? '')).ok).toBe(true)
    expect(decodeValue(groupList, JSON.parse(list ?? '')).ok).toBe(true)
    expect(decodeValue(annotation, JSON.parse(whole ?? '')).ok).toBe(true)
  })

  it('lists every close code, its reason, and who may come back', () => {
    const rows = [...text.matchAll(/^\| (\d{4}) \| ([^|]+) \| [^|]+ \| (yes|no|never)/gm)]
    const listed = rows.map(([, code, reason, back]) => ({ code: Number(code), reason, mayReconnect: back === 'yes' }))
    const all = Object.values(close).map((one) => ({ ...one, mayReconnect: mayReconnect(one.code) }))
    expect(listed).toEqual(all)
  })

  it('names every error code', () => {
    for (const code of Object.keys(errorCodes)) expect(text).toContain(`\`${code}\``)
  })

  it('names every limit that a client meets', () => {
    const section = text.split('## Limits (L)')[1]?.split('## ')[0] ?? ''
    const told = [...section.matchAll(/[\d,]*\d/g)].map(([number]) => Number(number.replaceAll(',', '')))
    const { maxFrameBytes, maxBodyBytes, maxUnpackedBytes, maxSamplesPerBatch, maxSeriesPerGroup } = limits
    const { maxSeriesInProcess, maxDefinitionBytes, maxGroups, maxGroupsPerSocket, maxMetricLength } = limits
    const { maxLabelNameLength, maxLabelValueLength, maxLabels, maxTextLength, maxNameLength, maxKeyLength } = limits
    expect(told).toEqual(
      expect.arrayContaining([
        ...[maxFrameBytes, maxBodyBytes, maxUnpackedBytes, maxSamplesPerBatch, maxSeriesPerGroup, maxSeriesInProcess],
        ...[maxDefinitionBytes, maxGroups, maxGroupsPerSocket, maxMetricLength, maxLabelNameLength],
        ...[maxLabelValueLength, maxLabels, maxTextLength, maxNameLength, maxKeyLength, limits.maxPageAnnotations],
        ...[limits.maxSampleAgeMs / 86_400_000, limits.maxSampleAheadMs / 1_000, limits.maxQueryLength],
        ...[limits.maxCharts, limits.maxBoardBytes, limits.maxBoardEdits, limits.maxChartMetrics, limits.maxThresholds],
        ...[
          limits.maxLinksPerAddress,
          limits.updateLogs,
          limits.maxUpdateLogBytes,
          limits.maxReactions,
          limits.maxReactionNames,
        ],
      ]),
    )
  })

  it('gives each rule an id of its own, and refers only to rules that there are', () => {
    const rules = [...text.matchAll(/^- \*\*([A-Z]{1,2}\d+)\*\*/gm)].map(([, id]) => id)
    expect(new Set(rules).size).toBe(rules.length)
    const references = [...text.matchAll(/\b([A-Z]{1,2}\d+)\b(?!\*)/g)].map(([, id]) => id)
    expect(references.filter((id) => !rules.includes(id))).toEqual([])
  })
})
