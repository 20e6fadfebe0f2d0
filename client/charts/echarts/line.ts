// Owns what ECharts needs for lines and areas.

import { LineChart } from 'echarts/charts'
import { GridSimpleComponent } from 'echarts/components'
import { use } from 'echarts/core'

// The simple grid has no axis pointer: what points at a chart is ours.
use([GridSimpleComponent, LineChart])

export * from './canvas.ts'
