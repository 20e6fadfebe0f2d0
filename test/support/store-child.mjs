// Writes annotations to a store, one after another, and prints the id of each that was stored, until it is killed.
// Run as: node store-child.mjs <file>

import { openStore } from '../../dist/server/engine/local/store.js'

const [, , file = ''] = process.argv
const keep = { rawMs: 900_000, tensMs: 86_400_000, minutesMs: 2_592_000_000, logs: 10_000 }
const store = await openStore({ file, newEpoch: false, keep })
for (let id = 1; ; id++) {
  const head = { epoch: 'k3f9', life: store.life, revision: id, floor: 0, time: id, nextNumber: 1, lastId: id }
  const annotation = { id, revision: id, time: id, author: 'ann', text: `message ${id}` }
  await store.write([{ group: 'ops', head: { ...head, board: null, boardAt: 0 }, annotations: [annotation] }])
  process.stdout.write(`${id}\n`)
}
