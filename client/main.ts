// Owns the start of the page: which view the address is, the one connection, and who I am. The composition root.

import { createConnection, createPlatform } from '@chartroom/shared/client'
import { html, render, type TemplateResult } from 'lit'
import { followSeen } from './hidden.ts'
import { Kept } from './kept.ts'
import { Self } from './self.ts'
import { createPageSettings } from './settings/page-settings.ts'
import { GroupStore } from './store.ts'
import './style/page.css'
import './style/tokens.css'
import './views/group.ts'
import './views/lobby.ts'
import { type Place, placeOf } from './views/place.ts'
import { type TvAddress, tvAddressOf } from './views/tv-address.ts'
import './views/wrong-name.ts'
import { keptWindow } from './window.ts'

const paceMs = 1_000

const kept = new Kept(() => localStorage)
const tab = new Kept(() => sessionStorage)
const self = new Self(kept, (bytes) => crypto.getRandomValues(bytes))

function view(place: Place): TemplateResult {
  switch (place.type) {
    case 'wrong_name':
      return html`<wrong-name .name=${place.name}></wrong-name>`
    case 'group':
      return groupView(place.group)
    case 'lobby':
      return html`<lobby-view .connection=${connect()} .self=${self} .settings=${settings} .kept=${kept}></lobby-view>`
    default:
      return place satisfies never
  }
}

function groupView(group: string): TemplateResult {
  document.title = `${group} · Chartroom`
  const connection = connect()
  const replica = connection.follow(group, { paceMs, windowMs: keptWindow(kept, group) })
  followSeen(document, paceMs, () => [replica])
  const store = new GroupStore(replica, () => connection.serverNow(), kept)
  return html`<group-view .connection=${connection} .store=${store} .self=${self} .settings=${settings} .tab=${tab}></group-view>`
}

function connect() {
  const { name, secret } = self
  const connection = createConnection({
    url: location.origin,
    platform: createPlatform(),
    secret,
    ...(name === undefined ? {} : { name }),
  })
  self.onName((taken) => connection.rename(taken))
  return connection
}

// What a wall needs is loaded for a wall only.
async function wallView(address: TvAddress): Promise<TemplateResult> {
  await import('./views/tv.ts')
  return html`<tv-view .connection=${connect()} .kept=${kept} .address=${address}></tv-view>`
}

const place = placeOf(location.pathname)
const search = new URLSearchParams(location.search)
const address = tvAddressOf(place, search)
// A wall is dark, unless its address says otherwise.
if (address !== undefined && !search.has('theme')) search.set('theme', 'dark')
const settings = await createPageSettings(kept, search)
render(address === undefined ? view(place) : await wallView(address), document.body)
