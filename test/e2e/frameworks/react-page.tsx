// A page in React: a panel for each group that the address names, each of which can be left.

import { useGroup } from '@chartroom/shared/react'
import { type FormEvent, StrictMode, useState } from 'react'
import { createRoot } from 'react-dom/client'

const query = new URLSearchParams(location.search)
const url = query.get('server') ?? ''
const groups = query.getAll('group')

function GroupPanel({ group, paceMs }: { readonly group: string; readonly paceMs: number }) {
  const { room, series, talk, connection } = useGroup(url, { group, name: 'Ana', paceMs })
  const [text, setText] = useState('')
  const say = (event: FormEvent) => {
    event.preventDefault()
    void room?.annotate({ text })
    setText('')
  }
  return (
    <form onSubmit={say}>
      <h2>{group}</h2>
      <p className="connection">{connection.word}</p>
      <output>{series.get('orders')?.value}</output>
      <ul>
        {talk.map(({ id, author, text }) => (
          <li key={id}>
            {author}: {text}
          </li>
        ))}
      </ul>
      <input value={text} onChange={({ target }) => setText(target.value)} />
    </form>
  )
}

/** A panel that can be left, given another pace, and shown another group. */
function Place({ first }: { readonly first: string }) {
  const [group, setGroup] = useState(first)
  const [paceMs, setPaceMs] = useState(60_000)
  const [isShown, setShown] = useState(true)
  return (
    <section>
      <button type="button" onClick={() => setShown(false)}>
        leave
      </button>
      <button type="button" onClick={() => setPaceMs(100)}>
        fast
      </button>
      <button type="button" onClick={() => setGroup(`${group}-other`)}>
        other
      </button>
      {isShown && <GroupPanel group={group} paceMs={paceMs} />}
    </section>
  )
}

createRoot(document.body).render(
  <StrictMode>
    {groups.map((group) => (
      <Place key={group} first={group} />
    ))}
  </StrictMode>,
)
