import { describeTransport } from '../contract/transport.ts'
import { EventFollowing, PollFollowing, SocketFollowing } from '../support/following.ts'

describeTransport('WebSocket', (...following) => new SocketFollowing(...following), 'pushed')
describeTransport('server-sent events', (...following) => new EventFollowing(...following), 'pushed')
describeTransport('long poll', (...following) => new PollFollowing(500, ...following), 'pushed')
describeTransport('poll', (...following) => new PollFollowing(0, ...following), 'asked')
