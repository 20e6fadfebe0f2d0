// Owns that the focus stays in the chart that has it when that chart is taken elsewhere, or off the board. It moves no chart.

import { activeElement } from '../active-element.ts'

/** Remembers what has the focus in these charts; what is returned gives it back among the charts that stand there now. */
export function watchFocus(before: readonly HTMLElement[]): (now: readonly HTMLElement[]) => void {
  const place = before.findIndex((card) => card.matches(':focus-within'))
  const card = before[place]
  const focused = activeElement()
  if (card === undefined || focused === undefined) return () => {}
  const isByKeys = focused.matches(':focus-visible')
  const { offsetTop } = card
  return (now) => {
    const isLost = activeElement() === undefined
    if (isLost && focused.isConnected) focused.focus({ preventScroll: true })
    else if (isLost && !card.isConnected) focusChart(now[place] ?? now.at(-1))
    const isElsewhere = card.isConnected && card.offsetTop !== offsetTop
    if (isByKeys && isElsewhere && card.matches(':focus-within'))
      card.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }
}

// Its frame while it is arranged, else what takes its keys.
function focusChart(card: HTMLElement | undefined): void {
  const target =
    card?.querySelector<HTMLElement>('chart-frame') ?? card?.shadowRoot?.querySelector<HTMLElement>('chart-chooser')
  target?.focus()
}
