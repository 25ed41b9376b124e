import { Button, Modal } from 'antd'
import { useState } from 'react'
import type { Output } from '../../api/types'
import { timeOf } from '../../kit/format'
import { Failed, Loaded, Nothing } from '../../kit/loaded'
import { useMay } from '../../kit/me-context'
import { Page } from '../../kit/page'
import { useSay } from '../../kit/use-done'
import { useWords } from '../../words/language'
import { useOfficialMenu, usePublishMenu } from './api/read-menu'
import { officialWords } from './words'

type MenuData = Output<'official.menu'>

/** The official account's menu: what the configuration says, what followers see, and publishing it. */
export function OfficialPage() {
  const words = useWords(officialWords)
  const may = useMay()
  const menu = useOfficialMenu()
  const [publishing, setPublishing] = useState(false)
  const mayPublish = may('official.publishMenu') && (menu.data?.mayPublish ?? false)
  const actions =
    mayPublish && (menu.data?.buttons.length ?? 0) > 0 ? (
      <Button type="primary" onClick={() => setPublishing(true)}>
        {words.publish}
      </Button>
    ) : null
  return (
    <Page title={words.title} actions={actions}>
      <p className="quiet">{words.hint}</p>
      <Loaded query={menu} rows={6}>
        {(data) => (
          <div className="report">
            <Configured data={data} />
            <Published data={data} may={mayPublish} />
          </div>
        )}
      </Loaded>
      {publishing ? <PublishDialog onClose={() => setPublishing(false)} /> : null}
    </Page>
  )
}

function Configured({ data }: { readonly data: MenuData }) {
  const words = useWords(officialWords)
  return (
    <section className="card" aria-labelledby="menu-configured">
      <h2 id="menu-configured">
        {words.configured} · {words.account(data.account)}
      </h2>
      {data.buttons.length === 0 ? <Nothing>{words.none}</Nothing> : null}
      <ul className="account-menu">
        {data.buttons.map(({ name, does, items }) => (
          <li key={name}>
            <b>{name}</b> {items.length === 0 ? <span className="quiet">{does}</span> : null}
            {items.length === 0 ? null : (
              <ul>
                {items.map((item) => (
                  <li key={item.name}>
                    {item.name} <span className="quiet">{item.does}</span>
                  </li>
                ))}
              </ul>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}

function Published({ data, may }: { readonly data: MenuData; readonly may: boolean }) {
  const words = useWords(officialWords)
  const { published } = data
  return (
    <section className="card" aria-labelledby="menu-published">
      <h2 id="menu-published">{words.published}</h2>
      {published === null ? (
        <p className="tone-warn">{words.never}</p>
      ) : (
        <>
          <p className="num">{words.publishedAt(timeOf(published.at), published.byName)}</p>
          <p className={published.isCurrent ? 'tone-ok' : 'tone-warn'}>
            {published.isCurrent ? words.current : words.old}
          </p>
        </>
      )}
      {may ? null : <p className="quiet">{words.mayNot}</p>}
    </section>
  )
}

function PublishDialog({ onClose }: { readonly onClose: () => void }) {
  const words = useWords(officialWords)
  const { done } = useSay()
  const publish = usePublishMenu()
  const submit = (): void =>
    publish.mutate(
      {},
      {
        onSuccess: () => {
          done(words.done)
          onClose()
        },
      },
    )
  return (
    <Modal
      open
      title={words.publishTitle}
      okText={words.publish}
      okButtonProps={{ loading: publish.isPending }}
      onOk={submit}
      onCancel={onClose}
    >
      <p>{words.publishText}</p>
      {publish.error ? (
        <>
          <p className="tone-bad">{words.refused}</p>
          <Failed error={publish.error} />
        </>
      ) : null}
    </Modal>
  )
}
