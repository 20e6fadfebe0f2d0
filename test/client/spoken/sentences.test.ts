import { describe, expect, it } from 'vitest'
import type { Glance, SpokenValue } from '../../../client/spoken/glance.ts'
import { sentencesOf } from '../../../client/spoken/sentences.ts'
import { en } from '../../../client/words/en.ts'
import { zh } from '../../../client/words/zh.ts'

const orders = { chart: 'Orders by item', unit: undefined }
const shirts: SpokenValue = { ...orders, name: 'Shirts', value: 214 }
const socks: SpokenValue = { ...orders, name: 'Socks', value: 300 }
const cpu: SpokenValue = { chart: 'CPU', name: '', value: 64.2, unit: '%' }

function glanceOf({
  values = [shirts, socks, cpu],
  ...rest
}: Partial<Omit<Glance, 'values'>> & { values?: SpokenValue[] } = {}): Glance {
  const keyed = values.map((value): [string, SpokenValue] => [`${value.chart} ${value.name}`, value])
  return { connection: 'live', messageIds: [10, 20], values: new Map(keyed), ...rest }
}

const before = glanceOf()

describe('what is said of the way from one moment to another', () => {
  it('is nothing when nothing changed', () => {
    expect(sentencesOf(before, glanceOf(), en)).toEqual([])
  })

  it('is the value that changed most, compared with how large it is', () => {
    const now = glanceOf({
      values: [
        { ...shirts, value: 431 },
        { ...socks, value: 500 },
        { ...cpu, value: 70 },
      ],
    })
    expect(sentencesOf(before, now, en)).toEqual(['Orders by item: Shirts 431, was 214.'])
    expect(sentencesOf(before, now, zh)).toEqual(['Orders by item：Shirts 431，之前\u00a0214。'])
  })

  it('names a chart of one value once', () => {
    const now = glanceOf({ values: [shirts, socks, { ...cpu, value: 12 }] })
    expect(sentencesOf(before, now, en)).toEqual(['CPU: 12.0\u202f%, was 64.2\u202f%.'])
  })

  it('takes a value on the other side of zero for a greater change than one that went to zero', () => {
    const now = glanceOf({
      values: [
        { ...shirts, value: 0 },
        { ...socks, value: -300 },
      ],
    })
    expect(sentencesOf(before, now, en)).toEqual(['Orders by item: Socks −300, was 300.'])
  })

  it('passes over what is written as before, what came, what went, and what has no value', () => {
    const now = glanceOf({
      values: [
        { ...shirts, value: null },
        { ...cpu, value: 64.2001 },
        { ...orders, name: 'Hats', value: 5 },
      ],
    })
    expect(sentencesOf(before, now, en)).toEqual([])
    expect(sentencesOf(now, before, en)).toEqual([])
  })

  it('counts new messages', () => {
    expect(sentencesOf(before, glanceOf({ messageIds: [10, 20, 30] }), en)).toEqual(['1 new message.'])
    expect(sentencesOf(before, glanceOf({ messageIds: [30, 40] }), zh)).toEqual(['2\u00a0条新消息。'])
    expect(sentencesOf(glanceOf({ messageIds: [] }), glanceOf({ messageIds: [30] }), en)).toEqual(['1 new message.'])
  })

  it('counts no message again that was paged in or taken back', () => {
    expect(sentencesOf(before, glanceOf({ messageIds: [5, 10, 20] }), en)).toEqual([])
    expect(sentencesOf(before, glanceOf({ messageIds: [10] }), en)).toEqual([])
  })

  it('says the connection in one word, and nothing of the attempts', () => {
    const waiting = glanceOf({ connection: 'waiting' })
    expect(sentencesOf(before, waiting, en)).toEqual(['Connection: Reconnecting.'])
    expect(sentencesOf(waiting, glanceOf({ connection: 'connecting' }), en)).toEqual([])
    expect(sentencesOf(waiting, glanceOf({ connection: 'closed' }), en)).toEqual(['Connection: Offline.'])
    expect(sentencesOf(waiting, before, zh)).toEqual(['连接：实时。'])
  })

  it('begins with the connection, and ends with the numbers', () => {
    const now = glanceOf({ connection: 'behind', messageIds: [30], values: [{ ...shirts, value: 1 }] })
    expect(sentencesOf(before, now, en)).toEqual([
      'Connection: Behind.',
      '1 new message.',
      'Orders by item: Shirts 1, was 214.',
    ])
  })
})
