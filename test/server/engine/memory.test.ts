import { createMemoryEngine } from '../../../server/engine/memory.ts'
import { describeEngine } from '../../contract/engine.ts'

describeEngine('memory', async (host) => createMemoryEngine(host))
