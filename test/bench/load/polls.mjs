// Long polls that are held by a process of their own: raw sockets, each of which asks again as soon as it is answered.
//
//   node polls.mjs PORT COUNT GROUP
//
// It prints {"parked":COUNT} when all were answered once and asked again with what they know. Then each line that it is
// told is answered with {"answered":N}: how often since the last. It ends with its input.
import { connect } from 'node:net'
import { createInterface } from 'node:readline'

const [port = '0', count = '0', group = ''] = process.argv.slice(2)
const atOnce = 50
let begun = 0
let parked = 0
let answered = 0

function begin() {
  if (begun === Number(count)) return
  begun++
  const socket = connect(Number(port), '127.0.0.1')
  let answer = ''
  let isParked = false
  const ask = (/** @type {string} */ query) => {
    socket.write(`GET /api/groups/${group}/changes?${query} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n\r\n`)
  }
  socket.setNoDelay(true)
  socket.on('connect', () => ask('waitMs=0'))
  socket.on('data', (piece) => {
    answer += piece.toString('latin1')
    if (!isWhole(answer)) return
    const cursor = cursorOf(answer)
    answer = ''
    answered++
    ask(`since=${cursor}&waitMs=25000`)
    if (isParked) return
    isParked = true
    if (++parked === Number(count)) console.log(JSON.stringify({ parked }))
    begin()
  })
  socket.on('error', fail)
  socket.on('end', () => fail(new Error('A poll was cut.')))
}

/** @param {string} answer */
function isWhole(answer) {
  const length = /\r\ncontent-length: (\d+)/i.exec(answer)?.[1]
  const headEnd = answer.indexOf('\r\n\r\n')
  if (headEnd < 0) return false
  if (!answer.startsWith('HTTP/1.1 200')) fail(new Error(answer))
  return length === undefined ? answer.endsWith('\r\n0\r\n\r\n') : answer.length >= headEnd + 4 + Number(length)
}

/** @param {string} answer */
function cursorOf(answer) {
  const [, epoch, to] = /"epoch":"([^"]+)","from":\d+,"to":(\d+)/.exec(answer) ?? []
  return `${epoch}:${to}`
}

/** @param {Error} error */
function fail(error) {
  console.error(error)
  process.exit(1)
}

for (let at = 0; at < atOnce; at++) begin()
createInterface({ input: process.stdin })
  .on('line', () => {
    console.log(JSON.stringify({ answered }))
    answered = 0
  })
  .on('close', () => process.exit())
