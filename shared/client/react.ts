// The door of @chartroom/shared/react: a group in a React component, as long as it is mounted.

import { useEffect, useMemo, useSyncExternalStore } from 'react'
import type { RoomOptions } from './connect.ts'
import { LiveGroup } from './live-group.ts'
import type { GroupView } from './view.ts'

export type { Room, RoomOptions } from './connect.ts'
export type { GroupView, SeriesView } from './view.ts'

/**
 * Joins a group once the component is mounted, and closes with it; StrictMode opens no second connection. Where the
 * options change, it follows otherwise; another server, group or name is another room. Rendered on a server it joins
 * nothing. A `platform` must be the same object at each render.
 */
export function useGroup(url: string, options: RoomOptions): GroupView {
  const { group, name, secret, platform, paceMs, windowMs, present } = options
  const live = useMemo(
    () => new LiveGroup(url, { group, name, secret, platform }),
    [url, group, name, secret, platform],
  )
  // Before the group is opened, so that it is asked for once, and as it is wanted.
  useEffect(() => live.change({ paceMs, windowMs, present }), [live, paceMs, windowMs, present])
  return useSyncExternalStore(live.open, live.view, live.view)
}
