// Owns a QR code as the path of an SVG, one unit a module; what the code says is its maker's.

/** The dark modules, row by row, as one path. */
export function qrPath(modules: readonly (readonly boolean[])[]): string {
  return modules
    .flatMap((row, y) => runsOf(row).map(({ from, length }) => `M${from} ${y}h${length}v1h-${length}z`))
    .join('')
}

// Joined, so that no seam shows between neighbours.
function runsOf(row: readonly boolean[]): { from: number; length: number }[] {
  const runs: { from: number; length: number }[] = []
  for (const [x, isDark] of row.entries()) {
    const last = runs.at(-1)
    if (!isDark) continue
    if (last !== undefined && last.from + last.length === x) last.length++
    else runs.push({ from: x, length: 1 })
  }
  return runs
}
