// Owns what ECharts needs for gauges.

import { GaugeChart } from 'echarts/charts'
import { use } from 'echarts/core'

use([GaugeChart])

export * from './canvas.ts'
