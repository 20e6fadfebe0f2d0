import { runInNewContext } from 'node:vm'
import { describe, expect, it } from 'vitest'
import { fillLines, startLine, textOf } from '../../../client/views/fill-lines.ts'

const origin = 'http://localhost:3000'

describe('the lines that fill a group', () => {
  const [curl, python, node] = fillLines(origin, '发布日')
  const url = 'http://localhost:3000/api/groups/%E5%8F%91%E5%B8%83%E6%97%A5/metrics'

  it('send a form with curl', () => {
    expect(textOf(curl.parts)).toBe(`curl -d orders.Shirts=5 -d orders.Socks=20 \\\n  ${url}`)
  })

  it('send JSON with Python, by its standard library only', () => {
    expect(textOf(python.parts)).toContain(`urlopen("${url}", json.dumps(numbers).encode())`)
    expect(textOf(python.parts).match(/(?:import|from) \w+/g)).toEqual(['import json', 'from urllib', 'import urlopen'])
  })

  it('send JSON with Node, as a program that runs', () => {
    const sent: unknown[] = []
    runInNewContext(textOf(node.parts), { fetch: (...request: unknown[]) => sent.push(...request) })
    expect(sent).toEqual([
      url,
      {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{"orders":{"Shirts":5,"Socks":20}}',
      },
    ])
  })

  it('start a group from the lobby in one line', () => {
    expect(textOf(startLine(origin, 'shop'))).toBe(
      'curl -d orders.Shirts=5 http://localhost:3000/api/groups/shop/metrics',
    )
  })
})
