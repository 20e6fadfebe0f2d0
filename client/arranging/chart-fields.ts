// Owns the fields of one chart: what it says of itself, each saved as it is changed, with what is wrong beside it.

import { type Chart, type ChartDraft, groupings, type Kind, limits, seriesByMetric, seriesOf } from '@chartroom/shared'
import { shownUnit, shownValue } from '@chartroom/shared/option'
import { html, LitElement, nothing, type TemplateResult, unsafeCSS } from 'lit'
import { kindChoiceOf } from '../charts/kind-choice.ts'
import styles from '../style/chart-fields.css?inline'
import controls from '../style/controls.css?inline'
import { arrangingWords } from '../words/arranging.ts'
import { words } from '../words/words.ts'
import { changed, type Fields } from './arranging.ts'
import { type Field, faultsOf, fieldsOf, labelsOf, newThreshold, textOfNumber } from './fields.ts'
import type { Hand } from './hand.ts'
import './metric-choice.ts'
import type { ChosenEvent } from './metric-choice.ts'
import { thresholdFields } from './threshold-fields.ts'
import { type TypedEvent, TypedField } from './typed-field.ts'
import { numberOf } from './typed-number.ts'

/** The fields of a chart: `draft` is what it says of itself, `chart` what follows from that. */
export class ChartFields extends LitElement {
  static override styles = [unsafeCSS(controls), unsafeCSS(styles)]
  static override properties = {
    hand: { attribute: false },
    draft: { attribute: false },
    chart: { attribute: false },
    faults: { state: true },
  }
  declare hand: Hand
  declare draft: ChartDraft
  declare chart: Chart
  /** Where something is wrong, as JSON pointers into the chart. */
  declare faults: ReadonlySet<string>

  /** The place of the threshold whose value is to have the focus, once it is there. */
  #wanted: number | undefined

  constructor() {
    super()
    this.faults = new Set()
  }

  override render(): TemplateResult {
    const arranging = arrangingWords()
    const has = (field: Field) => fieldsOf(this.chart.kind).includes(field)
    return html`<form @submit=${preventDefault} @settled=${this.#handleSettled}>
      ${this.#typed('title', arranging.title, this.chart.title, arranging.tooLong(limits.maxMetricLength))}
      ${this.#kind()}
      ${has('grouping') ? this.#grouping() : nothing}
      ${has('by') ? this.#by() : nothing}
      <metric-choice .store=${this.hand.store} .metrics=${this.draft.metrics} @chosen=${this.#handleMetrics}></metric-choice>
      ${has('upright') ? this.#check('upright', arranging.upright) : nothing}
      ${has('sorted') ? this.#sorted() : nothing}
      ${has('unit') ? this.#typed('unit', arranging.unit, this.#unitAsItComes, arranging.tooLong(limits.maxLabelNameLength)) : nothing}
      ${has('rate') ? this.#check('rate', arranging.rate) : nothing}
      ${has('top') ? this.#numeric('top', arranging.top, arranging.wholeNumber(1, limits.maxTop)) : nothing}
      ${has('target') ? this.#numeric('target', arranging.target, arranging.number) : nothing}
      ${has('thresholds') ? this.#thresholds() : nothing}
      ${this.#size()}
    </form>`
  }

  get #series() {
    return seriesOf(seriesByMetric(this.hand.store.state), this.draft)
  }

  // In which the chart shows its values, and in which they are typed.
  get #unit(): string {
    return shownUnit(this.chart, this.#series) ?? ''
  }

  get #unitAsItComes(): string {
    return this.#series.find(({ definition }) => definition.unit !== undefined)?.definition.unit ?? ''
  }

  #typed(field: 'title' | 'unit', label: string, placeholder: string, fault: string): TemplateResult {
    return html`<typed-field
      name=${field}
      .label=${label}
      .value=${this.draft[field] ?? ''}
      .placeholder=${placeholder}
      .fault=${this.faults.has(`/${field}`) ? fault : ''}
      @typed=${({ text }: TypedEvent) => this.#save({ [field]: text === '' ? undefined : text }, field)}
    ></typed-field>`
  }

  #numeric(field: 'top' | 'target', label: string, fault: string): TemplateResult {
    return html`<typed-field
      name=${field}
      number
      .label=${label}
      .placeholder=${field === 'top' ? arrangingWords().asItComes : ''}
      .value=${textOfNumber(this.draft[field])}
      .fault=${this.faults.has(`/${field}`) ? fault : ''}
      @typed=${({ text }: TypedEvent) => this.#save({ [field]: numberOf(text, field === 'top' ? '' : this.#unit) }, field)}
    ></typed-field>`
  }

  #check(field: 'upright' | 'rate', label: string): TemplateResult {
    return checkbox(label, this.draft[field] === true, (isOn) => this.#save({ [field]: isOn ? true : undefined }))
  }

  #sorted(): TemplateResult {
    return checkbox(arrangingWords().sorted, this.draft.sorted === 'value', (isOn) =>
      this.#save({ sorted: isOn ? 'value' : undefined }),
    )
  }

  #kind(): TemplateResult {
    const arranging = arrangingWords()
    const { charts } = words()
    const { kind: _kind, ...plain } = this.draft
    const { kinds, groupKind } = kindChoiceOf(
      this.hand.store.state,
      { charts: [{ ...plain, revision: 0, author: '' }] },
      this.chart,
    )
    const options = [
      ['', arranging.automatic(charts.kinds[groupKind])],
      ...kinds.map((kind) => [kind, charts.kinds[kind]]),
    ]
    return select(arranging.kind, this.draft.kind ?? '', options, (kind) =>
      this.#saveKind(kinds.find((one) => one === kind)),
    )
  }

  // What I see by myself would hide what I do for everyone.
  #saveKind(kind: Kind | undefined): void {
    this.#save({ kind })
    this.hand.store.setKind(this.draft.id, undefined)
  }

  #grouping(): TemplateResult {
    const arranging = arrangingWords()
    const possible = groupings.filter((grouping) => grouping !== 'grouped' || this.chart.kind === 'bar')
    const options = [
      ['', arranging.asItComes],
      ...possible.map((grouping) => [grouping, arranging.groupings[grouping]]),
    ]
    const handle = (value: string) => this.#save({ grouping: value === '' ? undefined : value })
    return select(arranging.grouping, this.draft.grouping ?? '', options, handle)
  }

  // Of which there is nothing to choose when the categories have one label, and nothing parts them.
  #by(): TemplateResult | typeof nothing {
    const arranging = arrangingWords()
    const labels = labelsOf(this.#series)
    const least = this.draft.metrics.length > 1 ? 1 : 2
    if (this.draft.grouping === 'plain' || labels.length < least) return nothing
    const options = [['', arranging.asItComes], ...labels.map((label) => [label, label])]
    return select(arranging.by, this.draft.by ?? '', options, (by) => this.#save({ by: by === '' ? undefined : by }))
  }

  #thresholds(): TemplateResult {
    const save = (fields: Fields, run?: string) => this.#save(fields, run)
    return thresholdFields(this.draft, this.#unit, this.faults, save, this.#addThreshold)
  }

  readonly #addThreshold = () => {
    const { thresholds = [] } = this.draft
    const now = this.hand.store.now()
    const values = this.#series.map((series) => shownValue(this.chart, series, now))
    this.#save({ thresholds: [...thresholds, newThreshold(this.draft, values)] })
    this.#wanted = thresholds.length
  }

  // A new threshold is there to be said.
  protected override async updated(): Promise<void> {
    const at = this.#wanted
    const field =
      at === undefined ? undefined : this.renderRoot.querySelectorAll('.threshold')[at]?.querySelector('typed-field')
    if (!(field instanceof TypedField)) return
    this.#wanted = undefined
    await field.updateComplete
    field.focus()
  }

  #size(): TemplateResult {
    const arranging = arrangingWords()
    const { id } = this.draft
    const size = this.hand.sizeOf(id)
    const step = (label: string, direction: 'left' | 'right' | 'up' | 'down', sign: string) =>
      html`<button type="button" class="button" aria-label=${label} @click=${() => this.hand.grow(id, direction)}>${sign}</button>`
    return html`<div class="size" role="group" aria-label=${arranging.sizeName}>
      <h3>${arranging.sizeName}</h3>
      <p>${step(arranging.narrower, 'left', '\u2212')}<output>${arranging.columns(size.columns)}</output>${step(arranging.wider, 'right', '+')}</p>
      <p>${step(arranging.lower, 'up', '\u2212')}<output>${arranging.rows(size.rows)}</output>${step(arranging.higher, 'down', '+')}</p>
    </div>`
  }

  readonly #handleMetrics = ({ metrics }: ChosenEvent) => this.#save({ metrics })

  readonly #handleSettled = () => this.hand.arranging.endRun()

  // What is wrong is said beside its field, and waits there until it is right.
  #save(fields: Fields, run?: string): void {
    this.faults = faultsOf(changed(this.draft, fields))
    if (this.faults.size === 0) this.hand.arranging.change(this.draft.id, fields, run && `${run} ${this.draft.id}`)
  }
}

function preventDefault(event: Event): void {
  event.preventDefault()
}

function checkbox(label: string, isOn: boolean, handle: (isOn: boolean) => void): TemplateResult {
  const handleChange = ({ currentTarget }: Event) => {
    if (currentTarget instanceof HTMLInputElement) handle(currentTarget.checked)
  }
  return html`<label class="check"><input type="checkbox" .checked=${isOn} @change=${handleChange} /> ${label}</label>`
}

function select(
  label: string,
  value: string,
  options: readonly (readonly string[])[],
  handle: (value: string) => void,
): TemplateResult {
  const handleChange = ({ currentTarget }: Event) => {
    if (currentTarget instanceof HTMLSelectElement) handle(currentTarget.value)
  }
  return html`<label class="choice">
    <span>${label}</span>
    <select aria-label=${label} @change=${handleChange}>
      ${options.map(([key = '', text = '']) => html`<option value=${key} .selected=${key === value}>${text}</option>`)}
    </select>
  </label>`
}

customElements.define('chart-fields', ChartFields)
