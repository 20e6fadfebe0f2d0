// What every engine must find: words in what was said, the same whatever holds them.

import { beforeEach, describe, expect, it } from 'vitest'
import type { Subject } from './subject.ts'

const ana = { name: 'Ana', person: 'a' }

/** Runs this part of the contract. */
export function describeSearch(subject: Subject): void {
  describe('a search', () => {
    const find = async (query: string) => {
      const { annotations, before } = await subject.engine.search('ops', query, 0, 50)
      expect(before).toBe(0)
      return annotations.map(({ text }) => text)
    }
    const [server, dessert, chinese, mixed] = [
      'The server-room is hot, out of memory',
      'Crème brûlée is out, says ZOË',
      '服务器今天很慢，大家等一等',
      'GPU温度是93度 on node7',
    ]

    beforeEach(async () => {
      await Promise.all([server, dessert, chinese, mixed].map((text) => subject.say(text)))
    })

    it.each([
      ['a word', 'memory', [server]],
      ['a word in any case', 'MEMORY', [server]],
      ['without the accents', 'creme', [dessert]],
      ['with accents where there are none', 'mémory', [server]],
      ['the beginning of a word', 'mem', [server]],
      ['no end of a word', 'emory', []],
      ['in many annotations, the newest first', 'is', [dessert, server]],
      ['several words in any order', 'hot server', [server]],
      ['nothing when one of them is missing', 'hot dessert', []],
      ['words next to one another', 'out-of-mem', [server]],
      ['no words that are apart', 'server-hot', []],
      ['Chinese inside a sentence', '今天', [chinese]],
      ['one character', '慢', [chinese]],
      ['no characters in another order', '天今', []],
      ['Chinese words apart', '等 服务', [chinese]],
      ['Chinese beside letters', '温度', [mixed]],
      ['letters beside Chinese', 'gpu', [mixed]],
      ['digits', '93', [mixed]],
      ['what is no word to it', '"server*" (room)', [server]],
      ['nothing for no word at all', '?! -', []],
      ['nothing for a word of a query language', 'server OR NOT', []],
    ])('[Q2] [Q3] [Q4] finds %s: %s', async (_what, query, texts) => {
      expect(await find(query)).toEqual(texts)
    })

    it('[Q1] is paged over both runs, newest first', async () => {
      await subject.say('the memory log', { kind: 'log' })
      await subject.say('memory is back')
      const first = await subject.engine.search('ops', 'memory', 0, 2)
      expect(first.annotations.map(({ text }) => text)).toEqual(['memory is back', 'the memory log'])
      const second = await subject.engine.search('ops', 'memory', first.before, 2)
      expect(second).toMatchObject({ annotations: [{ text: server }], before: 0 })
    })

    it('[Q1] says at which cursor, and finds nothing in a group that nobody wrote to', async () => {
      const { cursor } = await subject.engine.search('ops', 'memory', 0, 50)
      expect(cursor).toMatch(/:4$/)
      const none = await subject.engine.search('nowhere', 'memory', 0, 50)
      expect(none).toEqual({ annotations: [], before: 0, cursor: '0:0' })
      expect(await subject.engine.groups()).toHaveLength(1)
    })

    it('[Q5] finds what was revised by its new words, and what was retracted not at all', async () => {
      const [revised, retracted] = [
        await subject.say('unique apple', { claim: ana }),
        await subject.say('unique pear', { claim: ana }),
      ]
      await subject.take({ type: 'revise', id: revised, text: 'unique plum' }, { claim: ana })
      await subject.take({ type: 'retract', id: retracted }, { claim: ana })
      expect(await find('unique')).toEqual(['unique plum'])
      expect([await find('apple'), await find('pear')]).toEqual([[], []])
    })
  })
}
