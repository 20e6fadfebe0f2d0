import { describeTransport } from '../../contract/transport.ts'
import { ClientFollowing } from '../../support/client-following.ts'
import { EventFollowing } from '../../support/following.ts'

describeTransport('server-sent events', (...following) => new EventFollowing(...following), 'pushed')
describeTransport('client on events', (...following) => new ClientFollowing('event-stream', ...following), 'pushed')
