// Owns what is said to a change for which a process has no room left; the numbers are shared's.

import { limits, refuse } from '@chartroom/shared'

export const noGroup = refuse('group_limit', `This server keeps at most ${limits.maxGroups} groups.`)
export const noSeries = refuse('series_limit', `This server keeps at most ${limits.maxSeriesInProcess} series.`)
