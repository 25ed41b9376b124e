import { View } from '@tarojs/components'
import { useState } from 'react'
import { read, write } from '../../api/client'
import { Gate, usePortalLoaded } from '../../parts/gate'
import { useResource } from '../../state/resource'
import {
  Button,
  Card,
  confirm,
  Empty,
  Foot,
  Page,
  Row,
  Sheet,
  Show,
  succeed,
  Tag,
  Toggle,
  usePress,
} from '../../ui'
import { TitleForm } from '../title-form'
import { draftOf, emptyDraft, faultOf, titleOf } from '../title-rules'
import type { Title } from '../types'
import { said } from '../words'
import '../invoices.scss'

const bones = [140, 140] as const

/** The titles that I keep: added, changed, removed, one of them the default. */
export default function TitlesPage() {
  usePortalLoaded()
  return (
    <Page title={said.titles.title}>
      <Gate bones={bones}>{() => <Titles />}</Gate>
    </Page>
  )
}

function Titles() {
  const { resource, reload, retry } = useResource('titles', () => read('invoices.titles', {}), {
    onShow: true,
  })
  const [edited, setEdited] = useState<Title | 'new' | null>(null)
  const done = () => {
    setEdited(null)
    void reload()
  }
  return (
    <Show resource={resource} bones={bones} onRetry={retry}>
      {({ items, most }) => (
        <>
          {items.length === 0 ? (
            <Empty icon="bill" title={said.titles.empty} text={said.titles.emptyText} />
          ) : (
            <Card list>
              {items.map((title) => (
                <Row
                  key={title.id}
                  id={`title-${title.id}`}
                  title={title.name}
                  note={title.taxNo ?? said.kinds[title.kind]}
                  side={title.isDefault ? <Tag text={said.titles.isDefault} tone="accent" /> : null}
                  onClick={() => setEdited(title)}
                />
              ))}
            </Card>
          )}
          <View className="t-3 center">{said.titles.most(most)}</View>
          <Foot>
            <Button id="title-add" disabled={items.length >= most} onClick={() => setEdited('new')}>
              {said.titles.add}
            </Button>
          </Foot>
          {edited === null ? null : (
            <Editor title={edited === 'new' ? null : edited} onDone={done} onClose={() => setEdited(null)} />
          )}
        </>
      )}
    </Show>
  )
}

interface EditorProps {
  title: Title | null
  onDone(): void
  onClose(): void
}

function Editor({ title, onDone, onClose }: EditorProps) {
  const [draft, setDraft] = useState(title === null ? emptyDraft : draftOf(title))
  const [isDefault, setIsDefault] = useState(title?.isDefault ?? false)
  const [tried, setTried] = useState(false)
  const save = usePress(async () => {
    setTried(true)
    if (faultOf(draft) !== null) return
    const which = title === null ? {} : { titleId: title.id }
    await write('invoices.saveTitle', { ...which, title: titleOf(draft), isDefault })
    succeed(said.titles.saved)
    onDone()
  })
  const remove = usePress(async () => {
    if (title === null) return
    if (!(await confirm(said.titles.removeTitle, said.titles.removeText, said.titles.remove))) return
    await write('invoices.removeTitle', { titleId: title.id })
    succeed(said.titles.removed)
    onDone()
  })
  return (
    <Sheet title={title === null ? said.titles.add : said.titles.edit} onClose={onClose}>
      <View className="stack">
        <TitleForm draft={draft} onChange={setDraft} tried={tried} />
        {title?.isDefault ? null : (
          <Row
            id="title-default"
            on={isDefault}
            title={said.titles.makeDefault}
            side={<Toggle on={isDefault} />}
            arrow={false}
            onClick={() => setIsDefault(!isDefault)}
          />
        )}
        <Button id="title-save" busy={save.busy} onClick={save.press}>
          {said.titles.save}
        </Button>
        {title === null ? null : (
          <Button id="title-remove" kind="plain" busy={remove.busy} onClick={remove.press}>
            {said.titles.remove}
          </Button>
        )}
      </View>
    </Sheet>
  )
}
