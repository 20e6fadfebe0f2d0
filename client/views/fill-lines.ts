// Owns the lines that send a group its first number, in three languages, with this server's address; it sends nothing.

/** One way to send a number; `parts` say where somebody's own data stands in it. */
export interface FillLines {
  readonly name: string
  readonly parts: readonly LinePart[]
}

export type LinePart = string | { readonly data: string }

/** The lines for a group at an origin (`http://localhost:3000`), each complete: pasted, it works. */
export function fillLines(origin: string, group: string): readonly [FillLines, FillLines, FillLines] {
  const url = metricsUrl(origin, group)
  return [
    {
      name: 'curl',
      parts: ['curl -d ', { data: 'orders.Shirts=5' }, ' -d ', { data: 'orders.Socks=20' }, ` \\\n  ${url}`],
    },
    {
      name: 'Python',
      parts: [
        'import json\nfrom urllib.request import urlopen\n\nnumbers = ',
        { data: '{"orders": {"Shirts": 5, "Socks": 20}}' },
        `\nurlopen("${url}", json.dumps(numbers).encode())`,
      ],
    },
    {
      name: 'Node',
      parts: [
        'const numbers = ',
        { data: '{ orders: { Shirts: 5, Socks: 20 } }' },
        `\nfetch('${url}', {\n  method: 'POST',\n  headers: { 'content-type': 'application/json' },\n  body: JSON.stringify(numbers),\n})`,
      ],
    },
  ]
}

/** The line that starts a group, for the lobby. */
export function startLine(origin: string, group: string): readonly LinePart[] {
  const [before = '', after = ''] = metricsUrl(origin, '\n').split('%0A')
  return ['curl -d ', { data: 'orders.Shirts=5' }, ` ${before}`, { data: group }, after]
}

/** The parts as one text, to be copied. */
export function textOf(parts: readonly LinePart[]): string {
  return parts.map((part) => (typeof part === 'string' ? part : part.data)).join('')
}

function metricsUrl(origin: string, group: string): string {
  return `${origin}/api/groups/${encodeURIComponent(group)}/metrics`
}
