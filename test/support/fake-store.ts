// A store without a disk, whose writes a test lets through, holds or fails: for what the local engine does around one.

import type { Annotation, AnnotationPage } from '@chartroom/shared'
import type { HistoryRows } from '../../server/engine/history-rows.ts'
import { type Store, StoreError } from '../../server/engine/local/store.ts'
import type { GroupWrite, StoredKey, StoredSummary } from '../../server/engine/local/stored.ts'

/** Keeps what is written, and finds annotations and keys in it again. */
export class FakeStore implements Store {
  readonly life = 1
  readonly writes: (readonly GroupWrite[])[] = []
  /** What closing was told. */
  closedClean: boolean | undefined
  /** How often upkeep was done. */
  trims = 0
  readonly #waiting: (() => void)[] = []
  #isHeld = false
  #failure: StoreError | undefined
  #broken: string | undefined

  /** Lets writes, removals and questions for keys wait until `letGo`. */
  hold(): void {
    this.#isHeld = true
  }

  /** Lets what waits through. */
  letGo(): void {
    this.#isHeld = false
    for (const settle of this.#waiting.splice(0)) settle()
  }

  /** Fails writes and upkeep from now on; undefined: no more. */
  failWith(failure: StoreError | undefined): void {
    this.#failure = failure
  }

  /** Fails every write that has something of this group. */
  breakGroup(group: string): void {
    this.#broken = group
  }

  /** All that was written, of one group. */
  of(group: string): GroupWrite[] {
    return this.writes.flat().filter((write) => write.group === group)
  }

  async write(writes: readonly GroupWrite[]): Promise<void> {
    if (this.#failure !== undefined) throw this.#failure
    if (writes.some(({ group }) => group === this.#broken)) throw new StoreError('broken', 'The file cannot be used.')
    await this.#passed()
    this.writes.push(writes)
  }

  async load(): Promise<undefined> {
    return undefined
  }

  async annotation(group: string, id: number): Promise<Annotation | undefined> {
    return this.of(group)
      .flatMap(({ annotations = [] }) => annotations)
      .findLast((annotation) => annotation.id === id)
  }

  async key(group: string, key: string): Promise<StoredKey | undefined> {
    await this.#passed()
    return this.of(group)
      .flatMap(({ keys = [] }) => keys)
      .find((stored) => stored.key === key)
  }

  async page(): Promise<Pick<AnnotationPage, 'before'> & { annotations: Annotation[] }> {
    return { annotations: [], before: 0 }
  }

  search(): ReturnType<FakeStore['page']> {
    return this.page()
  }

  async history(): Promise<HistoryRows> {
    return { bucketMs: 1_000, start: 0, series: [] }
  }

  async groups(): Promise<StoredSummary[]> {
    return []
  }

  async remove(group: string): Promise<void> {
    await this.#passed()
    const left = this.writes.map((writes) => writes.filter((write) => write.group !== group))
    this.writes.splice(0, this.writes.length, ...left)
  }

  async trim(): Promise<boolean> {
    if (this.#failure !== undefined) throw this.#failure
    this.trims++
    return false
  }

  async holdCheckpoints(): Promise<void> {}

  async releaseCheckpoints(): Promise<void> {}

  async close(isClean: boolean): Promise<void> {
    this.closedClean = isClean
  }

  async #passed(): Promise<void> {
    if (this.#isHeld) await new Promise<void>((settle) => this.#waiting.push(settle))
  }
}
