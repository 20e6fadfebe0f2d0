import type { Locator } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { freePort } from '../support/free-port.ts'
import { OpenHouse } from '../support/open-house.ts'
import { RunningServer, startServer } from '../support/running-server.ts'
import { pixelsOf, textOf, textsOf } from '../support/visitor.ts'

// With the host's own numbers, as `npm start` has them.
const house = new OpenHouse(async () => {
  const server = new RunningServer([])
  await server.logged('listening')
  return server
})

const visit = house.visit.bind(house)
const post = (body: unknown) => house.post('metrics', body)

/** How many of the plot's columns have ink in them: how far a line reaches. */
function inkedColumns(canvas: Locator): Promise<number> {
  return canvas.evaluate((element) => {
    if (!(element instanceof HTMLCanvasElement)) throw new Error('this is no canvas')
    const { width, height } = element
    const pixels = element.getContext('2d')?.getImageData(0, 0, width, height).data ?? new Uint8ClampedArray()
    let inked = 0
    for (let x = 0; x < width; x++) {
      for (let y = 0; y < height; y++) {
        const at = (y * width + x) * 4
        const [red = 0, green = 0, blue = 0, alpha = 0] = pixels.slice(at, at + 4)
        // Colour, not the grey of grid and axes.
        if (alpha > 128 && Math.max(red, green, blue) - Math.min(red, green, blue) > 60) {
          inked++
          break
        }
      }
    }
    return inked
  })
}

/** How often a chart is drawn, about once a second, until its picture is another. */
function drawsUntilChange(card: Locator): Promise<number> {
  return card.evaluate(
    (element) =>
      new Promise<number>((resolve) => {
        const picture = () => element.shadowRoot?.querySelector('canvas')?.toDataURL()
        const before = picture()
        let draws = 0
        const watch = new MutationObserver(() => {
          draws++
          if (picture() === before) return
          watch.disconnect()
          resolve(draws)
        })
        watch.observe(element, { attributeFilter: ['data-renders'] })
      }),
  )
}

describe('the page of this machine', () => {
  it('has a bar whose pixels change with no reload when somebody comes', async () => {
    const ana = await visit('/g/host')
    await ana.drawn('Conversation')
    // A core may stay at 100 % for as long as a test looks; how many are connected does not, when somebody comes.
    const canvas = ana.chart('Conversation').locator('canvas')
    const before = await pixelsOf(canvas)
    await visit('/g/host')
    await expect.poll(() => pixelsOf(canvas)).not.toBe(before)
  })

  it.each([
    ['pie', 'Memory'],
    ['line', 'Network'],
  ])('has a %s whose pixels change within some seconds with no reload', async (_, title) => {
    const ana = await visit('/g/host')
    expect(await drawsUntilChange(await ana.drawn(title))).toBeLessThanOrEqual(5)
  })

  it('has no scroll bar of its own: its charts have', async () => {
    const ana = await visit('/g/host')
    await ana.drawn('Memory')
    expect(await ana.page.evaluate(() => document.documentElement.scrollHeight - innerHeight)).toBe(0)
  })

  it('has at most eight charts, all with a title, and numbers for people', async () => {
    const ana = await visit('/g/host')
    await ana.drawn('CPU')
    const heads = ana.page.locator('chart-card h2')
    // What is a rate comes with its second number.
    await expect.poll(() => heads.count()).toBeGreaterThanOrEqual(6)
    const titles = await heads.allTextContents()
    expect(titles.length).toBeLessThanOrEqual(8)
    expect(new Set(titles).size).toBe(titles.length)
    await expect.poll(() => textOf(ana.chart('Memory'))).toMatch(/GiB|MiB/)
  })

  it('says how live it is', async () => {
    const ana = await visit('/g/host')
    const line = ana.page.locator('connection-state')
    await expect.poll(() => textOf(line)).toMatch(/^Live\s+\d+\.\d s · /)
    expect(await textOf(line.locator('option:checked'))).toBe('every 1 s')
  })
})

describe('a line', () => {
  it('is full when it first appears, and after a reload', async () => {
    const now = Date.now()
    const loadAt = (time: number) => ({ metric: 'load', value: 5 + Math.sin(time / 9_000), time, as: 'line' })
    await post(Array.from({ length: 290 }, (_, at) => loadAt(now - (290 - at) * 1_000)))
    await house.goOn(() => [loadAt(Date.now())])
    const ana = await visit(`/g/${house.group}`)
    const canvas = (await ana.drawn('load')).locator('canvas')
    const width = await canvas.evaluate((element) => (element instanceof HTMLCanvasElement ? element.width : 0))
    await expect.poll(() => inkedColumns(canvas)).toBeGreaterThan(width * 0.6)
    await ana.page.reload()
    await ana.drawn('load')
    await expect.poll(() => inkedColumns(ana.chart('load').locator('canvas'))).toBeGreaterThan(width * 0.6)
  })
})

describe('an empty group', () => {
  it('shows the lines that fill it, with the real address, and becomes a chart the moment one is run', async () => {
    const ana = await visit(`/g/${house.group}`)
    const lines = ana.page.locator('empty-group')
    await expect.poll(() => textOf(lines)).toContain(`${house.url}/api/groups/${house.group}/metrics`)
    await post({ orders: { Shirts: 5, Socks: 20 } })
    await ana.drawn('orders')
    await expect.poll(() => lines.count()).toBe(0)
    expect(await textOf(ana.chart('orders'))).toContain('Shirts')
  })

  it('copies the line, on a page without a clipboard too', async () => {
    const ana = await visit(`/g/${house.group}`, { permissions: [] })
    await ana.page.evaluate(() => Object.defineProperty(navigator, 'clipboard', { value: undefined }))
    const copied = ana.page.evaluate(
      () => new Promise<string>((resolve) => document.addEventListener('copy', () => resolve(String(getSelection())))),
    )
    await ana.page.getByRole('button', { name: 'Copy' }).first().click()
    await expect.poll(() => textOf(ana.page.locator('empty-group'))).toContain('Copied')
    expect(await Promise.race([copied, Promise.resolve('')])).toEqual(expect.any(String))
  })
})

describe('a POST', () => {
  it('draws a new chart without a reload, of the kind that fits', async () => {
    await post({ first: 1 })
    const ana = await visit(`/g/${house.group}`)
    await ana.drawn('first')
    await post([
      { metric: 'orders', labels: { category: 'Shirts' }, value: 5, unit: 'pcs' },
      { metric: 'orders', labels: { category: 'Socks' }, value: 20, unit: 'pcs' },
      { metric: 'disk', value: 64.2, unit: '%', title: 'Disk used' },
    ])
    await ana.drawn('orders')
    await ana.drawn('Disk used')
    await expect.poll(() => textOf(ana.chart('Disk used'))).toContain('64.2')
    await expect.poll(() => textOf(ana.chart('orders'))).toMatch(/Socks\s*20/)
  })

  it('moves a number that is on the page', async () => {
    await post({ visitors: 1_240 })
    const ana = await visit(`/g/${house.group}`)
    await expect.poll(() => textOf(ana.chart('visitors'))).toContain('1.24')
    await post({ visitors: 2_480 })
    await expect.poll(() => textOf(ana.chart('visitors'))).toContain('2.48')
  })

  it('whose numbers stopped is greyed and says how old they are', async () => {
    // Three minutes and some seconds ago, and still so in almost a minute.
    const then = Date.now() - 185_000
    await post([0, 1, 2, 3].map((at) => ({ metric: 'jobs', value: at, time: then + at * 1_000 })))
    const ana = await visit(`/g/${house.group}`)
    await expect.poll(() => textOf(ana.chart('jobs'))).toMatch(/last value 3 min ago/)
    // What it says of its age is all to be read, also beside what can be done.
    for (const width of [1_440, 800]) {
      await ana.page.setViewportSize({ width, height: 900 })
      await ana.chart('jobs').hover()
      const flag = ana.chart('jobs').locator('.flag')
      const isClear = async () => {
        const [said, tools, card] = await Promise.all(
          [flag, ana.chart('jobs').locator('chart-tools'), ana.chart('jobs')].map((part) => part.boundingBox()),
        )
        if (!said || !tools || !card) throw new Error('it is not on the page')
        const isBeside = said.x + said.width <= tools.x
        const isApart = said.y + said.height <= tools.y || tools.y + tools.height <= said.y
        return (isBeside || isApart) && said.x + said.width <= card.x + card.width
      }
      await expect.poll(isClear, { message: `${width} px` }).toBe(true)
    }
    await post({ jobs: 5 })
    await expect.poll(() => textOf(ana.chart('jobs'))).not.toMatch(/last value/)
  })
})

describe('the kind of a chart', () => {
  it('changes by one click, for me, keeps the data, and stays after a reload', async () => {
    await post({ orders: { Shirts: 5, Socks: 20 } })
    const ana = await visit(`/g/${house.group}`)
    const wei = await visit(`/g/${house.group}`)
    const card = await ana.drawn('orders')
    await card.hover()
    await card.getByRole('button', { name: 'slices' }).click()
    await expect.poll(() => textOf(card)).toMatch(/Shirts\s*20/)
    await expect.poll(() => textOf(card)).toContain('25')
    await ana.page.reload()
    await expect.poll(() => textOf(ana.chart('orders'))).toMatch(/Shirts\s*20\s?%/)
    await expect.poll(() => textOf(wei.chart('orders'))).toMatch(/Shirts\s*5/)
  })
})

describe('the conversation', () => {
  it('asks the name once, and what one writes appears for the other', async () => {
    const ana = await visit(`/g/${house.group}`)
    const wei = await visit(`/g/${house.group}`)
    await ana.say('Shirts doubled', 'Ana')
    await expect.poll(() => textsOf(wei.messages)).toEqual([expect.stringMatching(/Ana[\s\S]*Shirts doubled/)])
    await wei.say('Stock says 1,900', 'Wei')
    await expect.poll(() => textsOf(ana.messages)).toHaveLength(2)
    await ana.say('Fine until nine')
    await expect.poll(() => textOf(wei.messages.last())).toContain('Fine until nine')
    await ana.page.reload()
    await ana.say('Still me')
    await expect.poll(() => textOf(wei.messages.last())).toContain('Still me')
    await expect.poll(() => ana.messages.count()).toBe(4)
  })

  it('asks for the name no longer when Escape takes it back, and keeps the text', async () => {
    const ana = await visit(`/g/${house.group}`)
    await ana.say('hello')
    const asked = ana.page.locator('message-composer input')
    await asked.press('Escape')
    await expect.poll(() => asked.count()).toBe(0)
    expect(await ana.page.locator('message-composer textarea').inputValue()).toBe('hello')
    await ana.page.keyboard.type(' there')
    expect(await ana.page.locator('message-composer textarea').inputValue()).toBe('hello there')
  })

  it('shows who is here', async () => {
    const ana = await visit(`/g/${house.group}`)
    await expect.poll(() => textOf(ana.page.locator('people-here'))).toContain('1 here')
    const wei = await visit(`/g/${house.group}`)
    await expect.poll(() => textOf(ana.page.locator('people-here'))).toContain('2 here')
    await wei.say('hi', 'Wei')
    await expect.poll(() => ana.page.locator('people-here [role=img]').getAttribute('aria-label')).toContain('Wei')
  })

  it('shows a deploy that a script wrote as a line of its own', async () => {
    const ana = await visit(`/g/${house.group}`)
    await fetch(`${house.url}/api/groups/${house.group}/annotations`, {
      method: 'POST',
      body: new URLSearchParams({ text: 'deploy 1.4', author: 'ci', kind: 'deploy' }),
    })
    await expect.poll(() => textOf(ana.page.locator('conversation-entries li.deploy'))).toContain('deploy 1.4')
  })

  it('pages back to the beginning by scrolling up', async () => {
    for (let at = 0; at < 130; at++) {
      await fetch(`${house.url}/api/groups/${house.group}/annotations`, {
        method: 'POST',
        body: new URLSearchParams({ text: `message ${at}`, author: `a${at % 3}` }),
      })
    }
    const ana = await visit(`/g/${house.group}`)
    await expect.poll(() => ana.messages.count()).toBe(100)
    await expect
      .poll(async () => {
        await ana.messages.first().scrollIntoViewIfNeeded()
        await ana.page.mouse.move(1_250, 400)
        await ana.page.mouse.wheel(0, -5_000)
        return ana.messages.count()
      })
      .toBe(130)
    await expect.poll(() => textOf(ana.messages.first())).toContain('message 0')
  })
})

describe('markup', () => {
  const evil = '<img src=x onerror="window.pwned=1"><b>bold</b><script>window.pwned=1</script>'

  it('stays text in messages, names, metric names, titles, units and labels', async () => {
    const ana = await visit(`/g/${house.group}`)
    await post([
      { metric: evil, value: 1, unit: '<i>u</i>' },
      { metric: 'bars', labels: { category: evil }, value: 5, title: `T ${evil}` },
      { metric: 'bars', labels: { category: '<u>b</u>' }, value: 7 },
      { metric: 'slices', labels: { category: evil }, value: 5, as: 'pie' },
      { metric: 'lines', labels: { category: evil }, value: 5, as: 'line' },
    ])
    await ana.say(evil, '<i>Ana</i>')
    await expect.poll(() => textOf(ana.messages.first())).toContain(evil)
    await ana.drawn('slices')
    await ana.drawn('lines')
    await expect.poll(() => ana.chart(`T ${evil}`).count()).toBe(1)
    expect(await ana.page.evaluate(() => 'pwned' in window)).toBe(false)
    for (const tag of ['img', 'b >> text=bold', 'u']) expect(await ana.page.locator(`main ${tag}`).count()).toBe(0)
    expect(await ana.page.locator('conversation-entries img').count()).toBe(0)
    const lobby = await visit('/')
    await expect.poll(() => textOf(lobby.page.locator('lobby-card').filter({ hasText: house.group }))).toContain(evil)
    expect(await lobby.page.evaluate(() => 'pwned' in window)).toBe(false)
  })

  it('in the name of a group shows no page of it', async () => {
    const ana = await visit(`/g/${encodeURIComponent('<img src=x onerror=alert(1)>')}`)
    await expect.poll(() => textOf(ana.page.locator('body'))).toMatch(/name/)
    expect(await ana.page.locator('img').count()).toBe(0)
  })
})

describe('the lobby', () => {
  it('has this machine in it on first open, and its number moves', async () => {
    const ana = await visit('/')
    const card = ana.page.locator('lobby-card').filter({ hasText: 'host' }).first()
    await expect.poll(() => textOf(card)).toMatch(/\d/)
    const before = await pixelsOf(card)
    await expect.poll(() => pixelsOf(card)).not.toBe(before)
    await card.click()
    await expect.poll(() => ana.page.url()).toContain('/g/host')
  })

  it('shows a new house.group, its people and its last message, and counts no one who only looks', async () => {
    const lobby = await visit('/')
    await post({ orders: 12 })
    const ana = await visit(`/g/${house.group}`)
    await ana.say('hello there', 'Ana')
    const card = lobby.page.locator('lobby-card').filter({ has: lobby.page.getByText(house.group, { exact: true }) })
    await expect.poll(() => textOf(card)).toMatch(/Ana\s+hello there/)
    await expect.poll(() => textOf(card)).toContain('1 here')
  })
})

describe('a cut line', () => {
  it('is told, and healed without losing what was written meanwhile', async () => {
    const port = String(await freePort())
    const own = await startServer('--port', port)
    const ana = await visit(undefined, {}, own.url)
    const state = ana.page.locator('connection-state')
    await expect.poll(() => textOf(state)).toContain('Live')
    await ana.say('before', 'Ana')
    await expect.poll(() => textsOf(ana.messages)).toEqual([expect.stringMatching(/Ana \d\d:\d\d before/)])
    await own.stop('SIGKILL')
    await expect.poll(() => textOf(state)).toMatch(/Reconnecting|Connecting/)
    await ana.say('meanwhile')
    const next = new RunningServer(['--no-host-source', '--port', port])
    await next.logged('listening')
    await expect.poll(() => textOf(state)).toContain('Live')
    await expect.poll(() => textsOf(ana.messages)).toEqual([expect.stringMatching(/Ana.*meanwhile/)])
    await next.stop()
  })
})

describe('Chinese', () => {
  it('is chosen by the browser, for words and numbers', async () => {
    await post({ orders: { 衬衫: 8_420_000, 袜子: 20 } })
    const ana = await visit(`/g/${house.group}`, { locale: 'zh-CN' })
    await ana.drawn('orders')
    expect(await ana.page.locator('html').getAttribute('lang')).toMatch(/^zh/)
    await expect.poll(() => textOf(ana.chart('orders'))).toContain('842')
    await expect.poll(() => textOf(ana.chart('orders'))).toContain('万')
    await expect.poll(() => textOf(ana.page.locator('connection-state'))).toMatch(/实时|在线/)
  })
})

describe('a phone', () => {
  it('has charts and conversation one tap apart, and nothing wider than the screen', async () => {
    await post({ orders: { Shirts: 5, Socks: 20 }, visitors: 12 })
    const ana = await visit(`/g/${house.group}`, {
      viewport: { width: 390, height: 844 },
      hasTouch: true,
      isMobile: true,
    })
    await ana.drawn('orders')
    const width = await ana.page.evaluate(() => document.documentElement.scrollWidth)
    expect(width).toBeLessThanOrEqual(390)
    await ana.page.getByRole('button', { name: 'Conversation' }).first().tap()
    await ana.say('from the phone', 'Ana')
    await expect.poll(() => textOf(ana.messages.last())).toContain('from the phone')
  })
})
