// Every codec that is compared reads what it wrote, or its bytes would say nothing.

import { expect, it } from 'vitest'
import { codecs } from './codecs.ts'

const updateOf = (series: number) => ({
  type: 'update',
  group: 'host',
  from: 4,
  to: 5,
  values: Array.from({ length: series }, (_, n) => [n, n % 3 === 0 ? null : 19_426_312_192 + n / 8]),
})

it.each(codecs)('$name reads a short update as it was written, and a long one', ({ write, read }) => {
  for (const update of [updateOf(1), updateOf(200)]) expect(read(write(update))).toEqual(update)
})

it('packs a long update into less than half, and leaves a short one alone', () => {
  const bytesOf = (name: string, series: number) =>
    codecs.find((codec) => codec.name === name)?.write(updateOf(series)).length ?? 0
  for (const name of ['JSON', 'MessagePack']) {
    expect(bytesOf(`${name}, packed`, 200)).toBeLessThan(bytesOf(name, 200) / 2)
    expect(bytesOf(`${name}, packed`, 1)).toBe(bytesOf(name, 1))
  }
})
