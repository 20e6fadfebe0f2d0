// Owns which layers lie over a chart that is drawn: the surface that takes pointer and keys, the legend and the pins.

import './chooser.ts'
import './legend.ts'
import './pins.ts'
