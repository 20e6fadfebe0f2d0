// The scenarios of the bench, in the order in which they are run.

import type { Scenario } from '../scenario.ts'
import { browser } from './browser.ts'
import { codecsCompared } from './codecs.ts'
import { fanOut } from './fan-out.ts'
import { firstLoad } from './first-load.ts'
import { idle } from './idle.ts'
import { ingest } from './ingest.ts'
import { install } from './install.ts'
import { parked } from './parked.ts'
import { returns } from './returns.ts'
import { slowReaders } from './slow-readers.ts'
import { storm } from './storm.ts'
import { waysIn } from './ways.ts'

/** All of them. */
export const scenarios: readonly Scenario[] = [
  fanOut,
  storm,
  ingest,
  waysIn,
  parked,
  returns,
  idle,
  install,
  browser,
  firstLoad,
  slowReaders,
  codecsCompared,
]
