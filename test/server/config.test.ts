import { describe, expect, it } from 'vitest'
import { type Config, readConfig } from '../../server/config.ts'

type Environment = Record<string, string>

const hourMs = 3_600_000

function configOf(args: string[], env: Environment = {}): Config {
  const read = readConfig(args, env)
  if (read.type !== 'run') throw new Error(JSON.stringify(read))
  return read.config
}

function faultsOf(args: string[], env: Environment = {}): readonly string[] {
  const read = readConfig(args, env)
  return read.type === 'wrong' ? read.faults : []
}

describe('the configuration', () => {
  it('serves this machine alone, on port 3000, from ./data, when nothing is said', () => {
    expect(configOf([])).toEqual({
      port: 3000,
      host: '127.0.0.1',
      share: false,
      data: './data',
      newEpoch: false,
      keep: { rawMs: 15 * 60_000, tensMs: 24 * hourMs, minutesMs: 30 * 24 * hourMs, logs: 10_000 },
      origins: [],
      allowedHosts: [],
      hostSource: true,
      boards: undefined,
      logLevel: 'info',
    })
  })

  it('takes every flag', () => {
    const args = '--port 0 --host ::1 --share --data /var/charts --origin https://a.example --origin=null'
    const more = '--allow-host charts.example --allow-host=203.0.113.7 --no-host-source --boards b --log-level error'
    const keep = '--new-epoch --keep-raw 90s --keep-10s 2h --keep-1min=7d --keep-logs 100'
    expect(configOf(`${args} ${more} ${keep}`.split(' '))).toEqual({
      port: 0,
      host: '::1',
      share: true,
      data: '/var/charts',
      newEpoch: true,
      keep: { rawMs: 90_000, tensMs: 2 * hourMs, minutesMs: 7 * 24 * hourMs, logs: 100 },
      origins: ['https://a.example', 'null'],
      allowedHosts: ['charts.example', '203.0.113.7'],
      hostSource: false,
      boards: 'b',
      logLevel: 'error',
    })
  })

  it('takes every variable', () => {
    const env = {
      CHARTROOM_PORT: '4001',
      CHARTROOM_HOST: '10.0.0.1',
      CHARTROOM_SHARE: 'Yes',
      CHARTROOM_DATA: 'data',
      CHARTROOM_KEEP_RAW: '1h',
      CHARTROOM_KEEP_10S: '48h',
      CHARTROOM_KEEP_1MIN: '365d',
      CHARTROOM_KEEP_LOGS: '1000000',
      CHARTROOM_ORIGIN: 'https://a.example, http://b.example:*',
      CHARTROOM_ALLOW_HOST: 'charts.example,charts',
      CHARTROOM_HOST_SOURCE: '0',
      CHARTROOM_BOARDS: '/etc/boards',
      CHARTROOM_LOG_LEVEL: 'warn',
    }
    expect(configOf([], env)).toEqual({
      port: 4001,
      host: '10.0.0.1',
      share: true,
      data: 'data',
      newEpoch: false,
      keep: { rawMs: hourMs, tensMs: 48 * hourMs, minutesMs: 365 * 24 * hourMs, logs: 1_000_000 },
      origins: ['https://a.example', 'http://b.example:*'],
      allowedHosts: ['charts.example', 'charts'],
      hostSource: false,
      boards: '/etc/boards',
      logLevel: 'warn',
    })
  })

  it('lets a flag win over its variable, lists included', () => {
    const env = { CHARTROOM_PORT: '4001', CHARTROOM_ORIGIN: 'https://a.example', CHARTROOM_HOST_SOURCE: 'yes' }
    expect(configOf(['--port', '4002', '--origin', 'null', '--no-host-source'], env)).toMatchObject({
      port: 4002,
      origins: ['null'],
      hostSource: false,
    })
  })

  it('takes the last of a flag that is no list', () => {
    expect(configOf(['--port', '1', '--port', '2']).port).toBe(2)
  })

  it('listens on the network when it is to share, unless a host is named', () => {
    expect(configOf(['--share']).host).toBe('0.0.0.0')
    expect(configOf(['--share', '--host', '192.168.1.5']).host).toBe('192.168.1.5')
    expect(configOf(['--share'], { CHARTROOM_HOST: '192.168.1.5' }).host).toBe('192.168.1.5')
  })

  it('begins a new epoch only for the start that says so', () => {
    expect(configOf(['--new-epoch']).newEpoch).toBe(true)
    expect(configOf([], { CHARTROOM_NEW_EPOCH: 'yes' }).newEpoch).toBe(false)
  })

  it('takes an empty variable for an absent one', () => {
    expect(configOf([], { CHARTROOM_PORT: '', CHARTROOM_ORIGIN: ' , ', CHARTROOM_SHARE: ' ' })).toEqual(configOf([]))
  })
})

describe('a wrong configuration', () => {
  it('is told whole: flag or variable, value, and why', () => {
    const env = { CHARTROOM_HOST: 'http://x', CHARTROOM_SHARE: 'maybe' }
    expect(faultsOf(['--prot', '--port', '65536', '--log-level', 'loud', '--origin', 'a.example'], env)).toEqual([
      '--prot: is unknown; the nearest flag is --port',
      '--port 65536: must be a whole number from 0 to 65535',
      'CHARTROOM_HOST=http://x: must be a host name or an IP address, without port or brackets',
      'CHARTROOM_SHARE=maybe: must be yes or no',
      '--origin a.example: must be like https://a.example, https://a.example:8443, https://a.example:* or null',
      '--log-level loud: must be one of info, warn, error',
    ])
  })

  it('shows the way when npm kept the flag and handed on its value', () => {
    expect(faultsOf(['4001'])).toEqual(['4001: is no flag; flags go behind "--": npm start -- --port 4001'])
    expect(faultsOf(['ops'])).toEqual(['ops: is no flag; flags go behind "--": npm start -- --port 4001'])
  })

  it('names the nearest flag', () => {
    for (const [wrong, right] of [
      ['--orgin', '--origin'],
      ['--allowhost', '--allow-host'],
      ['--host-source', '--no-host-source'],
      ['--versoin', '--version'],
      ['-port', '--port'],
    ] as const) {
      expect(faultsOf([wrong])).toEqual([`${wrong}: is unknown; the nearest flag is ${right}`])
    }
  })

  it('names no flag where none is near', () => {
    for (const wrong of ['--bogus', '--x', '-p', '--foo', '--verbose', '--keep-everything']) {
      expect(faultsOf([wrong])).toEqual([`${wrong}: is unknown; --help lists the flags`])
    }
  })

  it('says when a value is missing, or is one too many', () => {
    expect(faultsOf(['--port'])).toEqual(['--port: needs a value: --port <number>'])
    expect(faultsOf(['--port='])).toEqual(['--port: needs a value: --port <number>'])
    expect(faultsOf(['--port', '--share'])).toEqual(['--port: needs a value: --port <number>'])
    expect(faultsOf(['--share=yes'])).toEqual(['--share=yes: takes no value'])
    expect(faultsOf(['--share', 'yes'])).toEqual(['--share yes: takes no value'])
  })

  it('takes the word behind an unknown flag for its value, and says one line', () => {
    expect(faultsOf(['--prot', '4001'])).toEqual(['--prot: is unknown; the nearest flag is --port'])
    expect(faultsOf(['-port', '4001', '--host', '::1'])).toEqual(['-port: is unknown; the nearest flag is --port'])
  })

  it.each(['15', '15 m', '1.5h', '-1h', 'h', '59s', '25h', '2d', '999999999999m', '1w'])(
    'keeps no raw samples for %j',
    (time) => {
      expect(faultsOf(['--keep-raw', time])).toEqual([
        `--keep-raw ${time}: must be a time from 1m to 1d, a whole number with s, m, h or d`,
      ])
    },
  )

  it.each(['99', '1000001', '1e5', 'all', '100.5'])('keeps no %j logs', (logs) => {
    expect(faultsOf(['--keep-logs', logs])).toEqual([`--keep-logs ${logs}: must be a whole number from 100 to 1000000`])
  })

  it.each(['-1', '1.5', '3000 ', '0x10', '1e3', '99999', 'http'])('has no port %j', (port) => {
    expect(faultsOf(['--port', port])).toEqual([`--port ${port}: must be a whole number from 0 to 65535`])
  })

  it.each(['localhost:3000', '[::1]', '1.2.3', '256.0.0.1', 'a b', 'x/y', '-x', 'http://a'])(
    'has no host %j',
    (host) => {
      expect(faultsOf(['--host', host])).toHaveLength(1)
      expect(faultsOf(['--allow-host', host])).toHaveLength(1)
    },
  )

  it.each(['*', 'https://a.example/', 'https://*.a.example', 'https://u@a.example', 'https://', 'a:*', 'Null'])(
    'has no origin %j',
    (origin) => {
      expect(faultsOf(['--origin', origin])).toHaveLength(1)
    },
  )

  it.each(['http://[::1]:*', 'http://localhost:5173', 'chrome-extension://abcdef', 'https://a.example:*', 'null'])(
    'is not one with the origin %j',
    (origin) => {
      expect(configOf(['--origin', origin]).origins).toEqual([origin])
    },
  )
})

describe('help and version', () => {
  it('win over whatever else is said', () => {
    expect(readConfig(['--port', 'x', '--version'], {})).toEqual({ type: 'version' })
    expect(readConfig(['nonsense', '--help'], {}).type).toBe('help')
    expect(readConfig(['-h'], {}).type).toBe('help')
  })

  it('tell every flag with its variable and default, in 80 columns', () => {
    const read = readConfig(['--help'], {})
    expect(read).toMatchInlineSnapshot(`
      {
        "text": "Usage: npm start -- [flags]

        --port <number>         the port to listen on; 0 takes a free one
                                CHARTROOM_PORT, by default 3000
        --host <address>        the address to listen on
                                CHARTROOM_HOST, by default 127.0.0.1
        --share                 let others in: listen on the network, at 0.0.0.0
                                CHARTROOM_SHARE, by default no
        --data <directory>      where groups are kept; :memory: keeps nothing
                                CHARTROOM_DATA, by default ./data
        --new-epoch             for this start: the data came from a backup
        --keep-raw <time>       how long samples are kept as they came
                                CHARTROOM_KEEP_RAW, by default 15m
        --keep-10s <time>       how long in buckets of 10 s; units: s, m, h, d
                                CHARTROOM_KEEP_10S, by default 24h
        --keep-1min <time>      how long in buckets of 1 min
                                CHARTROOM_KEEP_1MIN, by default 30d
        --keep-logs <number>    how many logs each group keeps; talk is all kept
                                CHARTROOM_KEEP_LOGS, by default 10000
        --origin <origin>       pages from there may write too; may be repeated
                                CHARTROOM_ORIGIN, by default none
        --allow-host <name>     another name of this server; may be repeated
                                CHARTROOM_ALLOW_HOST, by default none
        --no-host-source        leave this machine's own numbers out
                                CHARTROOM_HOST_SOURCE, by default yes
        --boards <directory>    boards from its files <group>.json, as they change
                                CHARTROOM_BOARDS, by default none
        --log-level <level>     the least that is logged: info, warn, error
                                CHARTROOM_LOG_LEVEL, by default info
        --help                  show this
        --version               show the version
      ",
        "type": "help",
      }
    `)
    const lines = read.type === 'help' ? read.text.split('\n') : []
    expect(lines.filter((line) => line.length > 80)).toEqual([])
  })
})
