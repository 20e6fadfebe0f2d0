import { describeTransport } from '../contract/transport.ts'
import { ClientFollowing } from '../support/client-following.ts'

describeTransport('client on WebSocket', (...following) => new ClientFollowing('websocket', ...following), 'pushed')
describeTransport('client on events', (...following) => new ClientFollowing('event-stream', ...following), 'pushed')
describeTransport('client on long poll', (...following) => new ClientFollowing('long-poll', ...following), 'pushed')
describeTransport('client on poll', (...following) => new ClientFollowing('poll', ...following), 'asked')
