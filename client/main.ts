// Owns the start of the page: which view the address is, the one connection, and who I am. The composition root.

import { createConnection, createPlatform } from '@chartroom/shared/client'
import { html, render, type TemplateResult } from 'lit'
import { Kept } from './kept.ts'
import { keptPace } from './pace.ts'
import { Self } from './self.ts'
import { createPageSettings } from './settings/page-settings.ts'
import type { Settings } from './settings/settings.ts'
import { GroupStore } from './store.ts'
import './style/page.css'
import './style/tokens.css'
import './views/missing-part.ts'
import { type Place, placeOf } from './views/place.ts'
import { wasReloaded } from './views/reloaded.ts'
import { type TvAddress, tvAddressOf } from './views/tv-address.ts'
import { keptWindow } from './window.ts'

const kept = new Kept(() => localStorage)
const tab = new Kept(() => sessionStorage)
const self = new Self(kept, (bytes) => crypto.getRandomValues(bytes))

/** A page by what it is shown with: each is loaded only where it is wanted. */
interface View {
  load(): Promise<unknown>
  show(settings: Settings): TemplateResult
}

function viewOf(place: Place, tv: TvAddress | undefined): View {
  return tv === undefined ? placeView(place) : wallView(tv)
}

function placeView(place: Place): View {
  switch (place.type) {
    case 'wrong_name':
      return {
        load: () => import('./views/wrong-name.ts'),
        show: () => html`<wrong-name .name=${place.name}></wrong-name>`,
      }
    case 'group':
      return groupView(place.group)
    case 'lobby':
      return lobbyView()
    default:
      return place satisfies never
  }
}

function lobbyView(): View {
  const connection = connect()
  return {
    load: () => import('./views/lobby.ts'),
    show: (settings) =>
      html`<lobby-view .connection=${connection} .self=${self} .settings=${settings} .kept=${kept}></lobby-view>`,
  }
}

function groupView(group: string): View {
  const connection = connect()
  document.title = `${group} · Chartroom`
  return {
    load: () => import('./views/group.ts'),
    show: (settings) => {
      const options = { paceMs: keptPace(kept, group), windowMs: keptWindow(kept, group) }
      const replica = connection.follow(group, options)
      const store = new GroupStore(replica, () => connection.serverNow(), kept)
      return html`<group-view .connection=${connection} .store=${store} .self=${self} .settings=${settings} .tab=${tab}></group-view>`
    },
  }
}

function wallView(address: TvAddress): View {
  const connection = connect()
  return {
    load: () => import('./views/tv.ts'),
    show: () => html`<tv-view .connection=${connection} .kept=${kept} .address=${address}></tv-view>`,
  }
}

// Made before the view is here: one is let in meanwhile.
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

/** Whether a view came. */
async function arrival({ load }: View): Promise<boolean> {
  try {
    await load()
    return true
  } catch {
    return false
  }
}

// The server may have another build of the page, of which all parts are there. Vite's event, of whatever comes later.
addEventListener('vite:preloadError', () => {
  if (document.querySelector('missing-part') === null) document.body.append(document.createElement('missing-part'))
})

// Nothing is awaited at the top: views import what is in this script, and would wait for it as it waits for them.
async function start(): Promise<void> {
  const place = placeOf(location.pathname)
  const search = new URLSearchParams(location.search)
  const address = tvAddressOf(place, search)
  // A wall is dark, unless its address says otherwise.
  if (address !== undefined && !search.has('theme')) search.set('theme', 'dark')
  const view = viewOf(place, address)
  const [isHere, settings] = await Promise.all([arrival(view), createPageSettings(kept, search)])
  document.querySelector('body > .start')?.remove()
  if (isHere) render(view.show(settings), document.body)
  else if (!wasReloaded(performance)) location.reload()
}

void start()
