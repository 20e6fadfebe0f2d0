// Owns whether the server has another build of the page than the one that runs; loading it is the caller's.

/** The address of the running page's script, as the page names it, and the page as it is now at the server. */
export interface BuildHost {
  readonly script: string | null | undefined
  read(): Promise<string>
}

/** Whether the page at the server loads another script than the running one. A built script's name changes with it. */
export async function isOutdated({ script, read }: BuildHost): Promise<boolean> {
  if (script === null || script === undefined) return false
  try {
    return !(await read()).includes(script)
  } catch {
    // No page came, so there is none to change to; the next connection asks again.
    return false
  }
}
