// Owns what ECharts needs for bars.

import { BarChart } from 'echarts/charts'
import { GridSimpleComponent } from 'echarts/components'
import { use } from 'echarts/core'

use([GridSimpleComponent, BarChart])

export * from './canvas.ts'
