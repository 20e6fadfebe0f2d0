import { describeTransport } from '../../contract/transport.ts'
import { ClientFollowing } from '../../support/client-following.ts'
import { PollFollowing } from '../../support/following.ts'

describeTransport('long poll', (...following) => new PollFollowing(500, ...following), 'pushed')
describeTransport('client on long poll', (...following) => new ClientFollowing('long-poll', ...following), 'pushed')
