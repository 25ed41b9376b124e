import { DeleteOutlined, FilterOutlined } from '@ant-design/icons'
import { Button, Checkbox, Divider, Input, Popover, Space } from 'antd'
import { useState } from 'react'
import { useSearchParams } from 'react-router'
import type { SavedView } from '../../api/types'
import { useSay } from '../../kit/use-done'
import { kitWords } from '../../kit/words'
import { useWords } from '../../words/language'
import { keepViews, useSaveView, useViews } from './api/saved-views'
import { queryToKeep } from './filters'
import { inboxWords } from './words'

/** Filters under a name: mine, and those that colleagues share. */
export function ViewsMenu() {
  const words = useWords(inboxWords)
  const [open, setOpen] = useState(false)
  const views = useViews()
  const [, setParams] = useSearchParams()
  const content = (
    <div className="views">
      {(views.data?.views ?? []).map((view) => (
        <ViewRow
          key={view.id}
          view={view}
          onOpen={() => {
            setParams(new URLSearchParams(view.query))
            setOpen(false)
          }}
        />
      ))}
      {views.data?.views.length === 0 ? <p className="quiet">{words.noViews}</p> : null}
      <Divider size="small" />
      <SaveView />
    </div>
  )
  return (
    <Popover
      trigger="click"
      placement="bottomRight"
      open={open}
      onOpenChange={setOpen}
      title={words.views}
      content={content}
    >
      <Button icon={<FilterOutlined aria-hidden />}>{words.views}</Button>
    </Popover>
  )
}

function ViewRow({ view, onOpen }: { readonly view: SavedView; readonly onOpen: () => void }) {
  const words = useWords(inboxWords)
  const { failed } = useSay()
  const save = useSaveView()
  return (
    <div className="view-row">
      <button type="button" className="plain-button" onClick={onOpen}>
        {view.name}
      </button>
      {view.shared ? <span className="chip">{words.sharedBy}</span> : null}
      {view.mine ? (
        <Button
          type="text"
          size="small"
          icon={<DeleteOutlined aria-hidden />}
          aria-label={words.deleteView(view.name)}
          onClick={() =>
            save.mutate(
              { viewId: view.id, name: view.name, query: null, shared: view.shared },
              { onSuccess: keepViews, onError: failed },
            )
          }
        />
      ) : null}
    </div>
  )
}

function SaveView() {
  const words = useWords(inboxWords)
  const kit = useWords(kitWords)
  const { done, failed } = useSay()
  const save = useSaveView()
  const [params] = useSearchParams()
  // What somebody searched for may be a telephone number.
  const searching = (params.get('q') ?? '') !== ''
  const [name, setName] = useState('')
  const [shared, setShared] = useState(false)
  const submit = (): void => {
    if (name.trim() === '' || searching) return
    save.mutate(
      { viewId: null, name: name.trim(), query: queryToKeep(params), shared },
      {
        onError: failed,
        onSuccess: (answer) => {
          keepViews(answer)
          setName('')
          done(kit.done)
        },
      },
    )
  }
  return (
    <Space orientation="vertical" size={6}>
      <Space.Compact>
        <Input
          aria-label={words.viewName}
          placeholder={words.viewName}
          maxLength={20}
          value={name}
          onChange={(event) => setName(event.target.value)}
          onPressEnter={submit}
        />
        <Button type="primary" disabled={searching} loading={save.isPending} onClick={submit}>
          {words.saveView}
        </Button>
      </Space.Compact>
      {searching ? <p className="quiet">{words.noSearch}</p> : null}
      <Checkbox checked={shared} onChange={(event) => setShared(event.target.checked)}>
        {words.shared}
      </Checkbox>
    </Space>
  )
}
