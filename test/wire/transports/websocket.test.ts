import { describeTransport } from '../../contract/transport.ts'
import { ClientFollowing } from '../../support/client-following.ts'
import { SocketFollowing } from '../../support/following.ts'

describeTransport('WebSocket', (...following) => new SocketFollowing(...following), 'pushed')
describeTransport('client on WebSocket', (...following) => new ClientFollowing('websocket', ...following), 'pushed')
