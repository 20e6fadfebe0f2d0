// Owns which layers lie over a chart that is drawn: the surface that takes pointer and keys, the legend,
// the pins, and the tools in its head.

import './chart-tools.ts'
import './chooser.ts'
import './legend.ts'
import './pins.ts'
