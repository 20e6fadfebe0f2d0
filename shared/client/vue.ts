// The door of @chartroom/shared/vue: a group in a Vue component, as long as its scope lives.

import { type MaybeRefOrGetter, onScopeDispose, type ShallowRef, shallowRef, toValue, watchPostEffect } from 'vue'
import type { RoomOptions } from './connect.ts'
import { LiveGroup } from './live-group.ts'
import type { Undo } from './platform.ts'
import { emptyView, type GroupView } from './view.ts'

export type { Room, RoomOptions } from './connect.ts'
export type { GroupView, SeriesView } from './view.ts'

/**
 * Joins a group once the component is mounted (in a scope of its own: in the next turn), and closes with the scope. Where
 * the options change, it follows otherwise; another server, group or name is another room. Rendered on a server it
 * joins nothing.
 */
export function useGroup(
  url: MaybeRefOrGetter<string>,
  options: MaybeRefOrGetter<RoomOptions>,
): Readonly<ShallowRef<GroupView>> {
  const view = shallowRef(emptyView)
  let live: LiveGroup | undefined
  let leave: Undo = () => {}
  const follow = (address: string, asked: RoomOptions) => {
    leave()
    const next = new LiveGroup(address, asked)
    live = next
    leave = next.open(() => {
      view.value = next.view()
    })
  }
  watchPostEffect(() => {
    const [address, asked] = [toValue(url), { ...toValue(options) }]
    if (live?.isOf(address, asked)) live.change(asked)
    else follow(address, asked)
  })
  onScopeDispose(() => leave())
  return view
}
