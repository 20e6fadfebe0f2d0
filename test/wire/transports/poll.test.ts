import { describeTransport } from '../../contract/transport.ts'
import { ClientFollowing } from '../../support/client-following.ts'
import { PollFollowing } from '../../support/following.ts'

describeTransport('poll', (...following) => new PollFollowing(0, ...following), 'asked')
describeTransport('client on poll', (...following) => new ClientFollowing('poll', ...following), 'asked')
