import { describe, expect, it } from 'vitest'
import { securityHeaders } from '../../../server/guards/headers.ts'

const directives = new Map(
  securityHeaders['content-security-policy']?.split('; ').map((directive) => {
    const [name = '', ...sources] = directive.split(' ')
    return [name, sources]
  }),
)

describe('the security headers', () => {
  it('allow no script but our own files', () => {
    expect(directives.get('script-src')).toEqual(["'self'"])
    expect(directives.get('default-src')).toEqual(["'none'"])
  })

  it('allow nothing unsafe anywhere', () => {
    expect([...directives.values()].flat().filter((source) => source.includes('unsafe') || source === '*')).toEqual([])
  })

  it('let nobody frame the page or move its base', () => {
    expect(directives.get('frame-ancestors')).toEqual(["'none'"])
    expect(directives.get('base-uri')).toEqual(["'none'"])
  })

  it('let no browser guess a type', () => {
    expect(securityHeaders['x-content-type-options']).toBe('nosniff')
  })
})
