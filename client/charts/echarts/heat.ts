// Owns what ECharts needs for heat maps.

import { HeatmapChart } from 'echarts/charts'
import { GridSimpleComponent, VisualMapPiecewiseComponent } from 'echarts/components'
import { use } from 'echarts/core'

use([GridSimpleComponent, VisualMapPiecewiseComponent, HeatmapChart])

export * from './canvas.ts'
