import { describe, expect, it } from 'vitest'
import { Attention, type Journey } from '../../client/attention.ts'

describe('attention', () => {
  it('tells of each change, and only of changes', () => {
    const attention = new Attention()
    let told = 0
    const undo = attention.onChange(() => told++)
    const pin = { metric: 'orders', category: 'Shirts' }
    attention.compose(pin)
    attention.compose(pin)
    attention.light(7)
    attention.light(7)
    attention.look('orders')
    attention.look('orders')
    expect(told).toBe(3)
    expect(attention).toMatchObject({ pin, litId: 7, metric: 'orders' })
    undo()
    attention.light(undefined)
    expect(told).toBe(3)
  })

  it('hands a journey to whoever guides', () => {
    const attention = new Attention()
    const journeys: Journey[] = []
    const undo = attention.onTravel((journey) => journeys.push(journey))
    attention.travel({ to: 'pin', id: 7 })
    undo()
    attention.travel({ to: 'message', id: 7 })
    expect(journeys).toEqual([{ to: 'pin', id: 7 }])
  })
})
