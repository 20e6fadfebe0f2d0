// The picture of the house: which room every source file lives in, and where each foreign library has its home.
// test/layers.test.ts holds the sources to it.

/** A part of the sources with an order of its own. A room is a file, or a folder (ending in `/`), under `path`. */
export interface Side {
  readonly path: string
  /** Rooms by number: a file imports lower numbers, or its own folder without a cycle. */
  readonly rooms: readonly (readonly string[])[]
  /** What lies beneath this side and may be imported by path: files of that side up to this number. */
  readonly beneath?: { readonly path: string; readonly upTo: number }
  /** The package names under which other sides are imported; by path none may be, but what lies beneath. */
  readonly doors: readonly string[]
}

const sharedDoors = ['@chartroom/shared', '@chartroom/shared/option', '@chartroom/shared/client']

export const sides: readonly Side[] = [
  {
    path: 'shared/',
    rooms: [
      ['limits.ts', 'close.ts', 'cursor.ts', 'fault.ts', 'bytes.ts', 'text.ts', 'holder-name.ts'],
      ['group-name.ts', 'series.ts', 'sample.ts', 'pin.ts', 'annotation.ts', 'board.ts'],
      [
        'inbox.ts',
        'update.ts',
        'client-envelopes.ts',
        'server-envelopes.ts',
        'addresses.ts',
        'group-list.ts',
        'history.ts',
        'receipt.ts',
      ],
      ['codec.ts'],
      ['buckets.ts', 'recent.ts', 'ring.ts', 'run.ts', 'state.ts', 'evidence.ts', 'kind.ts'],
      [
        'change.ts',
        'batch-plan.ts',
        'arrange.ts',
        'draft.ts',
        'perform.ts',
        'commit.ts',
        'changes.ts',
        'window.ts',
        'apply.ts',
      ],
      ['index.ts'],
    ],
    doors: [],
  },
  {
    path: 'shared/option/',
    rooms: [
      ['pattern.ts'],
      [
        'palette.ts',
        'quantity.ts',
        'unit.ts',
        'scale.ts',
        'silence.ts',
        'spot.ts',
        'course.ts',
        'change.ts',
        'order.ts',
        'mark.ts',
        'shown.ts',
        'limits.ts',
        'rate.ts',
        'parts.ts',
        'text-width.ts',
        'time-plot.ts',
        'stack.ts',
        'view.ts',
      ],
      [
        'number.ts',
        'bar.ts',
        'bar-plot.ts',
        'bar-option.ts',
        'pie.ts',
        'line.ts',
        'area.ts',
        'gauge.ts',
        'table.ts',
        'heat.ts',
      ],
      ['option.ts'],
      ['anchor.ts', 'fold.ts', 'limit-words.ts', 'reading.ts', 'twin.ts', 'spot-at.ts', 'next-spot.ts'],
      ['index.ts'],
    ],
    beneath: { path: 'shared/', upTo: 5 },
    doors: [],
  },
  {
    path: 'shared/client/',
    rooms: [
      [],
      [
        'platform.ts',
        'address.ts',
        'backoff.ts',
        'connection-state.ts',
        'deadline.ts',
        'identity.ts',
        'listeners.ts',
        'pace.ts',
        'server-clock.ts',
      ],
      ['transport.ts', 'written.ts', 'requests.ts', 'unsent.ts', 'pointer.ts', 'past.ts', 'pulse.ts', 'http.ts'],
      ['outflow.ts', 'websocket.ts', 'feed.ts', 'event-stream.ts', 'long-poll.ts', 'sender.ts', 'http-transport.ts'],
      ['http-ways.ts', 'ladder.ts', 'ways.ts', 'entrance.ts'],
      // One life of a connection, and one group over all of them; the connection puts both together.
      ['session.ts', 'replica.ts', 'pager.ts', 'subscription.ts', 'queue.ts', 'interest.ts', 'followed-group.ts'],
      // One connection for several tabs.
      ['lender.ts', 'shared-group.ts', 'tab-link.ts', 'tab-host.ts', 'tabs.ts'],
      ['connection.ts'],
      ['connect.ts', 'view.ts', 'live-group.ts'],
      ['index.ts', 'vue.ts', 'react.ts'],
    ],
    beneath: { path: 'shared/', upTo: 5 },
    doors: [],
  },
  {
    path: 'server/',
    rooms: [
      ['flags.ts'],
      ['config.ts', 'log.ts', 'counters.ts', 'problem.ts'],
      ['intake/'],
      ['engine/'],
      ['groups/'],
      ['guards/', 'sources/'],
      ['links/'],
      ['routes/'],
      ['app.ts', 'drain.ts', 'terminal.ts', 'data-folder.ts', 'operator/'],
      ['main.ts', 'workers.ts', 'commands/'],
    ],
    doors: sharedDoors,
  },
  {
    path: 'client/',
    rooms: [
      ['kept.ts', 'part.ts', 'active-element.ts', 'page-key.ts'],
      ['window.ts', 'pace.ts', 'zoom.ts', 'moment.ts', 'hidden-series.ts', 'preferences.ts'],
      ['words/', 'attention.ts', 'store.ts', 'self.ts', 'hidden.ts'],
      ['copy-button.ts', 'settings/'],
      // Below charts and conversation: both show avatars.
      ['people/'],
      ['charts/', 'conversation/'],
      ['spoken/', 'arranging/'],
      ['views/'],
      ['main.ts'],
    ],
    doors: sharedDoors,
  },
]

/** Foreign libraries by the only places that import them; `types` may import their types too. */
export const homes: Readonly<
  Record<string, { readonly values: readonly string[]; readonly types?: readonly string[] }>
> = {
  'node:*': { values: ['server/'] },
  '@hono/node-server': {
    values: ['server/routes/answer.ts', 'server/routes/pages.ts', 'server/main.ts', 'server/workers.ts'],
  },
  echarts: { values: ['client/charts/echarts/'], types: ['shared/option/'] },
  hono: { values: ['server/guards/', 'server/routes/', 'server/app.ts'] },
  libsql: { values: ['server/engine/local/writer.ts'], types: ['server/engine/local/'] },
  lit: { values: ['client/'] },
  react: { values: ['shared/client/react.ts'] },
  redis: { values: ['server/engine/redis/'] },
  systeminformation: { values: ['server/sources/host-probe.ts'] },
  uqr: { values: ['server/terminal.ts', 'client/people/invitation.ts'] },
  vue: { values: ['shared/client/vue.ts'] },
  ws: { values: ['server/links/websocket.ts', 'server/links/upgrade.ts'] },
  'eventsource-parser': { values: ['shared/client/event-stream.ts'] },
  zod: { values: ['shared/', 'server/config.ts'] },
}

/** The only places that touch `process`: everybody else is handed config, clock and random. Workers start here too. */
export const processHomes = ['server/main.ts', 'server/workers.ts', 'server/commands/', 'server/sources/host-probe.ts']
