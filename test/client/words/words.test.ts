import { afterEach, describe, expect, it } from 'vitest'
import { arrangingWords } from '../../../client/words/arranging.ts'
import { conversationWords } from '../../../client/words/conversation.ts'
import { directWords } from '../../../client/words/direct.ts'
import { en } from '../../../client/words/en.ts'
import { keyWords } from '../../../client/words/keys.ts'
import { settingsWords } from '../../../client/words/settings.ts'
import { wayWords } from '../../../client/words/ways.ts'
import { languageFor, speak, words } from '../../../client/words/words.ts'
import { zh } from '../../../client/words/zh.ts'

// The files of a worker share what the page speaks.
afterEach(() => speak('en'))

describe('the words of the page', () => {
  it.each([
    [['zh-CN', 'en'], 'zh'],
    [['zh-Hant-TW'], 'zh'],
    [['en-GB', 'zh'], 'en'],
    [['de', 'zh'], 'zh'],
    [['de', 'fr'], 'en'],
    [['zhx'], 'en'],
    [[], 'en'],
  ] as const)('speaks to a reader of %j', (languages, language) => {
    expect(languageFor(languages)).toBe(language)
  })

  it('speaks the language that was asked for last', async () => {
    await Promise.all([speak('zh'), speak('en')])
    expect(words()).toBe(en)
    await Promise.all([speak('en'), speak('zh')])
    expect(words()).toBe(zh)
  })

  it.each(['en', 'zh'] as const)('says everything in %s', async (language) => {
    await speak(language)
    const unsaid = (said: object, path: string): string[] =>
      Object.entries(said).flatMap(([key, word]) => {
        if (typeof word === 'object') return unsaid(word, `${path}${key}.`)
        return word === '' ? [`${path}${key}`] : []
      })
    const late = [arrangingWords(), conversationWords(), directWords(), keyWords(), settingsWords(), wayWords()]
    for (const said of [words(), ...late]) expect(unsaid(said, '')).toEqual([])
  })

  it('counts one and many', () => {
    expect(en.lobby.summary(1, 1)).toBe('1 group, 1 person')
    expect(en.lobby.summary(6, 53)).toBe('6 groups, 53 people')
    expect(en.lobby.summary(1, 0)).toBe('1 group, nobody here')
  })
})
