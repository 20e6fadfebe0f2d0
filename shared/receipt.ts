// Owns the receipt: what the POST of a batch is answered with; commit.ts decides what it says.

import * as z from 'zod/mini'

const count = z.int().check(z.nonnegative())

/** Where the group stands after a batch, and how many of its samples were taken: all of them, or it was refused. */
export const receipt = z.object({ epoch: z.string(), revision: count, accepted: count })

export type Receipt = Readonly<z.infer<typeof receipt>>
