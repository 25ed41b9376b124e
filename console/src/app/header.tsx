import { SearchOutlined } from '@ant-design/icons'
import { Dropdown, Input, type InputRef, Select } from 'antd'
import { type ReactNode, useRef } from 'react'
import { Link, useNavigate } from 'react-router'
import { useAct, useRead } from '../api/query'
import { useMay, useMe } from '../kit/me-context'
import { useSay } from '../kit/use-done'
import { useKeys } from '../kit/use-keys'
import { kitWords } from '../kit/words'
import { setLanguage, useLanguage, useWords } from '../words/language'
import { signOut } from './sign-out'
import type { LiveState } from './use-live'
import { appWords } from './words'

interface HeaderProps {
  readonly live: LiveState | null
  /** The seat of people who talk with residents. */
  readonly seat?: ReactNode
}

export function Header({ live, seat }: HeaderProps) {
  const words = useWords(appWords)
  const portal = useRead('portal.describe', {})
  const may = useMay()
  return (
    <header className="head">
      <Link to="/" className="brand">
        {portal.data?.logo ? <img className="brand-logo" src={portal.data.logo} alt="" /> : null}
        {words.product(portal.data?.name ?? '一户')}
      </Link>
      {may('desk.list') ? <Search /> : null}
      <div className="grow" />
      {may('desk.counts') ? <Counts /> : null}
      {seat}
      {live === null ? null : <LiveWord live={live} />}
      {may('desk.list') ? <Presence /> : null}
      <AccountMenu />
    </header>
  )
}

function Search() {
  const words = useWords(appWords)
  const go = useNavigate()
  const field = useRef<InputRef>(null)
  useKeys({ '/': () => field.current?.focus({ cursor: 'all' }) })
  return (
    <search className="head-search">
      <Input
        ref={field}
        aria-label={words.searchLabel}
        prefix={<SearchOutlined aria-hidden />}
        suffix={<kbd>/</kbd>}
        placeholder={words.searchHint}
        variant="filled"
        maxLength={40}
        allowClear
        onPressEnter={(event) => {
          const q = event.currentTarget.value.trim()
          void go(q === '' ? '/inbox' : `/inbox?tab=all&q=${encodeURIComponent(q)}`)
          event.currentTarget.blur()
        }}
      />
    </search>
  )
}

/** What waits, as doors to the list that shows it. */
function Counts() {
  const words = useWords(appWords)
  const counts = useRead('desk.counts', {}, { refetchMs: 30_000 })
  const { data } = counts
  if (!data) return null
  return (
    <div className="head-counts">
      <Link to="/inbox?tab=mine">
        {words.waiting} <b className="num">{data.mine}</b>
      </Link>
      <Link to="/inbox?tab=all&due=warning" className={data.warning > 0 ? 'tone-warn' : ''}>
        {words.warning} <b className="num">{data.warning}</b>
      </Link>
      <Link to="/inbox?tab=all&due=overdue" className={data.overdue > 0 ? 'tone-bad' : ''}>
        {words.overdue} <b className="num">{data.overdue}</b>
      </Link>
    </div>
  )
}

function LiveWord({ live }: { readonly live: LiveState }) {
  const words = useWords(appWords)
  const said = { live: words.live, connecting: words.connecting, polling: words.polling }[live]
  return (
    <span role="status" className={live === 'polling' ? 'live tone-warn' : 'live'}>
      <span className={`dot dot-${live}`} aria-hidden /> <span className="live-word">{said}</span>
    </span>
  )
}

function Presence() {
  const words = useWords(appWords)
  const kit = useWords(kitWords)
  const me = useMe()
  const { failed } = useSay()
  const set = useAct('staff.setPresence', ['staff.me', 'dispatch.suggest'])
  const options = (['online', 'away', 'offline'] as const).map((value) => ({
    value,
    label: (
      <span>
        <span className={`dot dot-${value}`} aria-hidden /> {kit.presence[value]}
      </span>
    ),
  }))
  return (
    <Select
      aria-label={words.presence}
      variant="borderless"
      prefix={<span className="quiet presence-word">{words.presenceShort}</span>}
      value={me.presence}
      options={options}
      popupMatchSelectWidth={false}
      loading={set.isPending}
      onChange={(presence) => set.mutate({ presence }, { onError: failed })}
    />
  )
}

function AccountMenu() {
  const words = useWords(appWords)
  const language = useLanguage()
  const me = useMe()
  const go = useNavigate()
  const items = [
    { key: 'me', label: words.sessions, onClick: () => void go('/me') },
    {
      key: 'language',
      label: language === 'zh' ? 'English' : '中文',
      onClick: () => {
        setLanguage(language === 'zh' ? 'en' : 'zh')
      },
    },
    { key: 'out', label: words.signOut, danger: true, onClick: () => void signOut() },
  ]
  return (
    <Dropdown menu={{ items }} trigger={['click']}>
      <button type="button" className="account">
        <span className="hidden">{words.account}</span>
        <span className="face" aria-hidden>
          {me.name.slice(-1)}
        </span>
        {me.name}
      </button>
    </Dropdown>
  )
}
