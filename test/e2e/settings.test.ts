import type { Page } from 'playwright-core'
import { beforeEach, describe, expect, it } from 'vitest'
import { faultsOf } from '../support/axe.ts'
import { OpenHouse } from '../support/open-house.ts'
import { pixelsOf, textOf, type Visitor } from '../support/visitor.ts'

const house = new OpenHouse()

const paper = { light: 'rgb(252, 252, 250)', dark: 'rgb(15, 22, 27)', highDark: 'rgb(0, 0, 0)' }

beforeEach(async () => {
  await post(400)
})

/** New numbers: two bars, and something under a title in Chinese. */
function post(shirts: number): Promise<void> {
  return house.post('metrics', [
    { metric: 'orders', labels: { item: 'Shirts' }, value: shirts, unit: 'pcs' },
    { metric: 'orders', labels: { item: 'Socks' }, value: 300 },
    { metric: 'cpu', value: 64, unit: '%' },
    { metric: 'requests', labels: { region: 'EU' }, value: 400, as: 'line', time: Date.now() - 60_000 },
    { metric: 'requests', labels: { region: 'EU' }, value: shirts, as: 'line' },
    { metric: 'requests', labels: { region: 'US' }, value: 500, as: 'line' },
  ])
}

function menu({ page }: Visitor) {
  const popover = page.locator('settings-menu [popover]')
  return {
    popover,
    open: () => page.locator('settings-menu .settings').click(),
    choose: (row: string, choice: string) =>
      popover.getByRole('radiogroup', { name: row }).getByRole('radio', { name: choice, exact: true }).check(),
  }
}

function ground(page: Page): Promise<string> {
  return page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor)
}

describe('the settings', () => {
  it('switch theme and language at once, while numbers come, and nothing is lost', async () => {
    const ana = await house.visit()
    const orders = await ana.drawn('orders')
    const sockets: string[] = []
    ana.page.on('websocket', (socket) => sockets.push(socket.url()))
    await ana.page.evaluate(() => Object.assign(window, { isSameDocument: true }))
    const field = ana.page.locator('message-composer textarea')
    await field.fill('half a sentence')
    const requests = await ana.drawn('requests')
    await requests.locator('chart-chooser .surface').press('Home')
    await ana.page.keyboard.press('Shift+End')
    await ana.page.keyboard.press('z')
    const zoomed = ana.page.locator('.zoomed b')
    const range = await zoomed.textContent()
    const names = requests.locator('chart-legend')
    await names.getByRole('button', { name: 'EU' }).click()
    const canvas = orders.locator('canvas')
    const bright = await pixelsOf(canvas)

    const { open, choose, popover } = menu(ana)
    await open()
    await choose('Theme', 'Dark')
    await expect.poll(() => ground(ana.page)).toBe(paper.dark)
    await expect.poll(() => pixelsOf(canvas)).not.toBe(bright)
    await choose('Language', '中文')
    await expect.poll(() => ana.page.locator('html').getAttribute('lang')).toBe('zh')
    await post(431)
    await expect.poll(() => textOf(orders)).toMatch(/431.*件|件.*431/)
    await expect.poll(() => textOf(popover)).toContain('设置')
    await expect.poll(() => textOf(ana.page.locator('connection-state'))).toContain('实时')
    await expect.poll(() => ana.page.locator('message-composer textarea').getAttribute('placeholder')).toContain('发到')

    expect(await field.inputValue()).toBe('half a sentence')
    expect(await zoomed.textContent()).toBe(range)
    expect(await names.getByRole('button', { name: 'EU' }).getAttribute('aria-pressed')).toBe('false')
    expect(await names.getByRole('button', { name: 'US' }).getAttribute('aria-pressed')).toBe('true')
    expect(await ana.page.evaluate(() => 'isSameDocument' in window)).toBe(true)
    expect(sockets).toEqual([])
    const isFocused = await popover.getByRole('radio', { name: '中文' }).evaluate((radio) => radio.matches(':focus'))
    expect(isFocused).toBe(true)
  })

  it('make a page say what it would have said from the beginning', async () => {
    await house.post('annotations', { text: 'look', author: 'Wei', pin: { metric: 'orders', category: 'Shirts' } })
    const [ana, wei] = [await house.visit(), await house.visit(undefined, { locale: 'zh-CN' })]
    for (const visitor of [ana, wei]) {
      await visitor.drawn('orders')
      await visitor.drawn('cpu')
      await menu(visitor).open()
    }
    await menu(ana).choose('Language', '中文')
    // But for what passes: how late numbers are, and the time.
    const said = async ({ page }: Visitor) => (await textOf(page.locator('group-view'))).replace(/[\d.:]+/g, '0')
    const differing = async () => {
      const [mine, theirs] = await Promise.all([said(ana), said(wei)])
      return mine === theirs ? '' : `${mine}\n${theirs}`
    }
    await expect.poll(differing).toBe('')
    await expect.poll(() => said(wei)).toContain('对话')
  })

  it('are still so after a reload, and in the lobby', async () => {
    const ana = await house.visit()
    const { open, choose } = menu(ana)
    await open()
    await choose('Theme', 'Dark')
    await choose('Contrast', 'High')
    await choose('Language', '中文')
    await ana.page.goto(house.url)
    await expect.poll(() => textOf(ana.page.locator('lobby-view h1'))).toBe('群组')
    await expect.poll(() => ground(ana.page)).toBe(paper.highDark)
    await open()
    const contrast = ana.page.getByRole('radiogroup', { name: '对比度' })
    await expect.poll(() => contrast.getByRole('radio', { name: '高' }).isChecked()).toBe(true)
  })

  it('follow the system while nobody chose', async () => {
    const ana = await house.visit()
    await ana.drawn('orders')
    expect(await ground(ana.page)).toBe(paper.light)
    await ana.page.emulateMedia({ colorScheme: 'dark' })
    await expect.poll(() => ground(ana.page)).toBe(paper.dark)
    await ana.page.emulateMedia({ colorScheme: 'dark', contrast: 'more' })
    await expect.poll(() => ground(ana.page)).toBe(paper.highDark)
  })

  it('draw patterns on request, and without being asked in high contrast', async () => {
    const ana = await house.visit(undefined, { reducedMotion: 'reduce' })
    const canvas = (await ana.drawn('orders')).locator('canvas')
    const plain = await pixelsOf(canvas)
    const { open, choose, popover } = menu(ana)
    await open()
    await choose('Patterns on charts', 'On')
    await expect.poll(() => pixelsOf(canvas)).not.toBe(plain)
    await choose('Patterns on charts', 'Off')
    await expect.poll(() => pixelsOf(canvas)).toBe(plain)
    await choose('Contrast', 'High')
    const on = popover.getByRole('radiogroup', { name: 'Patterns on charts' }).getByRole('radio', { name: 'On' })
    await expect.poll(() => on.isChecked()).toBe(true)
    await expect.poll(() => on.isDisabled()).toBe(true)
  })

  it('give way to the address, which is not kept', async () => {
    const ana = await house.visit(`/g/${house.group}?theme=dark&lang=zh`)
    await ana.drawn('orders')
    expect(await ground(ana.page)).toBe(paper.dark)
    expect(await ana.page.locator('html').getAttribute('lang')).toBe('zh')
    await ana.page.goto(`${house.url}/g/${house.group}`)
    await ana.drawn('orders')
    expect(await ground(ana.page)).toBe(paper.light)
    expect(await ana.page.locator('html').getAttribute('lang')).toBe('en')
  })

  it('are reached and made by keys alone', async () => {
    const ana = await house.visit()
    await ana.drawn('orders')
    await ana.page.locator('settings-menu .settings').focus()
    await ana.page.keyboard.press('Enter')
    await menu(ana).popover.getByRole('radio').first().waitFor()
    await ana.page.keyboard.press('Tab')
    await ana.page.keyboard.press('Tab')
    await ana.page.keyboard.press('ArrowRight')
    await ana.page.keyboard.press('ArrowRight')
    await expect.poll(() => ground(ana.page)).toBe(paper.dark)
    await ana.page.keyboard.press('Escape')
    await menu(ana).popover.waitFor({ state: 'hidden' })
    const button = ana.page.locator('settings-menu .settings')
    await expect.poll(() => button.evaluate((element) => element.matches(':focus'))).toBe(true)
  })
})

describe('the keys', () => {
  it('are shown by ?, and the focus goes back to where it was', async () => {
    const ana = await house.visit()
    const surface = (await ana.drawn('orders')).locator('.surface')
    await surface.focus()
    await ana.page.keyboard.press('?')
    const dialog = ana.page.getByRole('dialog', { name: 'Keys' })
    await dialog.waitFor()
    await expect
      .poll(() => textOf(dialog))
      .toMatch(/Everywhere.*\? show the keys.*On a chart.*T show the chart as a table/)
    await ana.page.keyboard.press('/')
    expect(await ana.page.locator('conversation-search').count()).toBe(0)
    await ana.page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'hidden' })
    await expect.poll(() => surface.evaluate((element) => element.matches(':focus'))).toBe(true)
  })

  it('are not shown to who writes a question mark', async () => {
    const ana = await house.visit()
    const field = ana.page.locator('message-composer textarea')
    await field.press('?')
    expect(await field.inputValue()).toBe('?')
    expect(await ana.page.getByRole('dialog', { name: 'Keys' }).count()).toBe(0)
  })

  it('are shown from the settings too, by a tap', async () => {
    const ana = await house.visit('/', { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true })
    await ana.page.locator('settings-menu .settings').tap()
    await ana.page.getByRole('button', { name: 'Keys ?' }).tap()
    await ana.page.getByRole('dialog', { name: 'Keys' }).waitFor()
    await ana.page.getByRole('button', { name: 'Close' }).tap()
    await ana.page.getByRole('dialog', { name: 'Keys' }).waitFor({ state: 'hidden' })
  })
})

describe('spoken news', () => {
  it('say what changed to who asked for it, and to nobody else', async () => {
    const ana = await house.visit()
    await ana.page.clock.install()
    await ana.page.reload()
    await ana.drawn('orders')
    const region = ana.page.locator('spoken-news p')
    expect(await region.getAttribute('aria-live')).toBe('polite')
    await ana.page.clock.runFor(11_000)
    expect(await region.textContent()).toBe('')

    const { open, choose } = menu(ana)
    await open()
    await choose('Spoken news', 'On')
    await ana.page.clock.runFor(1_000)
    await post(800)
    await house.post('annotations', { text: 'look', author: 'Wei' })
    await expect.poll(() => textOf(ana.messages.last())).toContain('look')
    await ana.page.clock.runFor(11_000)
    // Eleven seconds pass in a third of one: a server that is busy for that long seems silent, and may be said to be.
    expect(await region.textContent()).toMatch(
      /^(?:Connection: \w+\. )?1 new message\. orders: Shirts 800.pcs, was 400.pcs\.$/,
    )
    await choose('Spoken news', 'Off')
    await ana.page.clock.runFor(1_000)
    expect(await region.textContent()).toBe('')
  })
})

describe('axe finds nothing', () => {
  it.each([
    ['light', 'en'],
    ['dark', 'zh'],
    ['light&contrast=high', 'zh'],
    ['dark&contrast=high', 'en'],
  ])('on a group, its settings and its keys in %s, %s', async (theme, language) => {
    const ana = await house.visit(`/g/${house.group}?theme=${theme}&lang=${language}`, { bypassCSP: true })
    await ana.drawn('orders')
    await menu(ana).open()
    expect(await faultsOf(ana.page)).toEqual([])
    await menu(ana).popover.locator('button').click()
    await ana.page.locator('keys-dialog dialog').waitFor()
    expect(await faultsOf(ana.page)).toEqual([])
  })

  it('on the lobby in high contrast, with its settings', async () => {
    const ana = await house.visit('/?contrast=high&theme=dark&lang=zh', { bypassCSP: true })
    await ana.page.locator('lobby-card').first().waitFor()
    await menu(ana).open()
    expect(await faultsOf(ana.page)).toEqual([])
  })
})
