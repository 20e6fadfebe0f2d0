import { describeTransport } from '../contract/transport.ts'
import { ClientFollowing } from '../support/client-following.ts'
import { EventFollowing, PollFollowing, SocketFollowing } from '../support/following.ts'

describeTransport('WebSocket', (...following) => new SocketFollowing(...following), 'pushed')
describeTransport('server-sent events', (...following) => new EventFollowing(...following), 'pushed')
describeTransport('long poll', (...following) => new PollFollowing(500, ...following), 'pushed')
describeTransport('poll', (...following) => new PollFollowing(0, ...following), 'asked')

describeTransport('client on WebSocket', (...following) => new ClientFollowing('websocket', ...following), 'pushed')
describeTransport('client on events', (...following) => new ClientFollowing('event-stream', ...following), 'pushed')
describeTransport('client on long poll', (...following) => new ClientFollowing('long-poll', ...following), 'pushed')
describeTransport('client on poll', (...following) => new ClientFollowing('poll', ...following), 'asked')
