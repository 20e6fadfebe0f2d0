// The door of @chartroom/shared/client: how a program joins a group, in a browser or in Node.

export { connect, type Metrics, type Room, type RoomEvents, type RoomOptions } from './connect.ts'
export { type Connection, type ConnectionOptions, createConnection } from './connection.ts'
export type { ConnectionState } from './connection-state.ts'
export {
  type ChannelLike,
  createPlatform,
  type FetchLike,
  type Globals,
  type Platform,
  type ResponseLike,
  type SocketLike,
  type TabsLike,
  type Undo,
} from './platform.ts'
export type { Attention } from './pointer.ts'
export type { Pen, People, Replica, WriteOptions } from './replica.ts'
export type { FollowOptions } from './subscription.ts'
export type { Way } from './transport.ts'
