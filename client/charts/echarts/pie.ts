// Owns what ECharts needs for pies.

import { PieChart } from 'echarts/charts'
import { use } from 'echarts/core'

use([PieChart])

export * from './canvas.ts'
