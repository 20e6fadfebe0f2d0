// Owns the list of addresses as `GET /api/addresses` answers it; which they are is the server's.

import * as z from 'zod/mini'

/** Where others on the network reach this server, `http://192.168.1.5:3000`; empty when only this machine does. */
export const addresses = z.object({ addresses: z.array(z.string()) })

export type Addresses = Readonly<z.infer<typeof addresses>>
