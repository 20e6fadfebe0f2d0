// The door of @chartroom/shared/option: what a chart shows, as a figure and as an ECharts option, and numbers for people.

export type { BarFigure, BarRow } from './bar.ts'
export type { Gap, Point } from './course.ts'
export type { GaugeFigure } from './gauge.ts'
export type { Line, LineFigure } from './line.ts'
export type { Mark } from './mark.ts'
export type { NumberFigure } from './number.ts'
export * from './option.ts'
export * from './palette.ts'
export type { PieFigure, Slice } from './pie.ts'
export * from './quantity.ts'
export * from './silence.ts'
export * from './view.ts'
