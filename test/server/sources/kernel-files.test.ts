import { expect, test } from 'vitest'
import { diskCounters, networkCounters } from '../../../server/sources/kernel-files.ts'

const dev = `Inter-|   Receive                                                |  Transmit
 face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed
    lo: 3690306     289    0    0    0     0          0         0  3690306     289    0    0    0     0       0          0
  eth0: 653406935   15189    0    0    0     0          0         0   857297    8835    0    0    0     0       0          0
docker0:1000      10    0    0    0     0          0         0   2000      20    0    0    0     0       0          0
`

const route = `Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT
eth0\t00000000\t010200C0\t0003\t0\t0\t0\t00000000\t0\t0\t0
docker0\t000011AC\t00000000\t0001\t0\t0\t0\t0000FFFF\t0\t0\t0
`

const disks = ` 254       0 vda 57315 9019 3241402 46711 9239 32274 3639504 8273 0 7324 56344 18667 61 1343088 1309 1179 50
 254       1 vda1 57000 9000 3241000 46711 9239 32274 3639000 8273 0 7324 56344 18667 61 1343088 1309 1179 50
   7       0 loop0 10 0 80 0 0 0 0 0 0 0 0 0 0 0 0 0 0
`

test('counts the interface with the default route, not the bridges behind it', () => {
  expect(networkCounters(dev, route)).toEqual(new Map([['eth0', { in: 653_406_935, out: 857_297 }]]))
})

test('counts every interface but the loopback where no default route is', () => {
  const [head = ''] = route.split('\n')
  expect(networkCounters(dev, head)).toEqual(
    new Map([
      ['eth0', { in: 653_406_935, out: 857_297 }],
      ['docker0', { in: 1_000, out: 2_000 }],
    ]),
  )
})

test('counts whole disks in sectors of 512 bytes, and not their parts again', () => {
  const counters = diskCounters(disks, (name) => name === 'vda')
  expect(counters).toEqual(new Map([['vda', { in: 3_241_402 * 512, out: 3_639_504 * 512 }]]))
})

test('an empty file holds no counters', () => {
  expect(networkCounters('', '')).toEqual(new Map())
  expect(diskCounters('', () => true)).toEqual(new Map())
})
