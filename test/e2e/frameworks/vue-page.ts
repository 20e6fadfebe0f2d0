// A page in Vue: a panel for each group that the address names, each of which can be left.

import { useGroup } from '@chartroom/shared/vue'
import { createApp, defineComponent, h, ref } from 'vue'

const query = new URLSearchParams(location.search)
const url = query.get('server') ?? ''
const groups = query.getAll('group')

const GroupPanel = defineComponent({
  props: { group: { type: String, required: true }, paceMs: { type: Number, required: true } },
  setup(props) {
    // biome-ignore lint/correctness/useHookAtTopLevel: the rule is React's, and this is Vue's setup.
    const shown = useGroup(url, () => ({ ...props, name: 'Ana' }))
    const text = ref('')
    const say = (event: Event) => {
      event.preventDefault()
      void shown.value.room?.annotate({ text: text.value })
      text.value = ''
    }
    const write = ({ target }: InputEvent) => {
      text.value = target instanceof HTMLInputElement ? target.value : ''
    }
    return () => {
      const { series, talk, connection } = shown.value
      return h('form', { onSubmit: say }, [
        h('h2', props.group),
        h('p', { class: 'connection' }, connection.word),
        h('output', series.get('orders')?.value ?? ''),
        h(
          'ul',
          talk.map(({ id, author, text }) => h('li', { key: id }, `${author}: ${text}`)),
        ),
        h('input', { value: text.value, onInput: write }),
      ])
    }
  },
})

/** A panel that can be left, given another pace, and shown another group. */
const Place = defineComponent({
  props: { first: { type: String, required: true } },
  setup({ first }) {
    const group = ref(first)
    const paceMs = ref(60_000)
    const isShown = ref(true)
    const button = (word: string, onClick: () => void) => h('button', { type: 'button', onClick }, word)
    return () =>
      h('section', [
        button('leave', () => {
          isShown.value = false
        }),
        button('fast', () => {
          paceMs.value = 100
        }),
        button('other', () => {
          group.value = `${group.value}-other`
        }),
        isShown.value ? h(GroupPanel, { group: group.value, paceMs: paceMs.value }) : undefined,
      ])
  },
})

createApp(() => groups.map((first) => h(Place, { key: first, first }))).mount(document.body)
