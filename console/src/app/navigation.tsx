import {
  AuditOutlined,
  BookOutlined,
  CalendarOutlined,
  CommentOutlined,
  ContactsOutlined,
  DashboardOutlined,
  DownloadOutlined,
  EnvironmentOutlined,
  FieldNumberOutlined,
  FileAddOutlined,
  FileDoneOutlined,
  FireOutlined,
  InboxOutlined,
  LockOutlined,
  MailOutlined,
  MessageOutlined,
  NotificationOutlined,
  PhoneOutlined,
  QrcodeOutlined,
  SafetyCertificateOutlined,
  SendOutlined,
  ShopOutlined,
  TagsOutlined,
  TeamOutlined,
  WarningOutlined,
  WechatOutlined,
} from '@ant-design/icons'
import type { ReactNode } from 'react'
import { NavLink, useLocation } from 'react-router'
import { useMe } from '../kit/me-context'
import { useWords } from '../words/language'
import { type MenuEntry, menuFor } from './menu'
import { appWords } from './words'

const icons: Record<MenuEntry['id'], ReactNode> = {
  inbox: <InboxOutlined aria-hidden />,
  create: <FileAddOutlined aria-hidden />,
  chat: <CommentOutlined aria-hidden />,
  calls: <PhoneOutlined aria-hidden />,
  readings: <FieldNumberOutlined aria-hidden />,
  heating: <FireOutlined aria-hidden />,
  invoices: <FileDoneOutlined aria-hidden />,
  outlets: <ShopOutlined aria-hidden />,
  codes: <QrcodeOutlined aria-hidden />,
  dispatch: <SendOutlined aria-hidden />,
  map: <EnvironmentOutlined aria-hidden />,
  slots: <CalendarOutlined aria-hidden />,
  notices: <NotificationOutlined aria-hidden />,
  messages: <MailOutlined aria-hidden />,
  official: <WechatOutlined aria-hidden />,
  knowledge: <BookOutlined aria-hidden />,
  board: <DashboardOutlined aria-hidden />,
  review: <SafetyCertificateOutlined aria-hidden />,
  replies: <MessageOutlined aria-hidden />,
  catalogue: <TagsOutlined aria-hidden />,
  people: <ContactsOutlined aria-hidden />,
  teams: <TeamOutlined aria-hidden />,
  exports: <DownloadOutlined aria-hidden />,
  troubles: <WarningOutlined aria-hidden />,
  privacy: <LockOutlined aria-hidden />,
  audit: <AuditOutlined aria-hidden />,
}

export function Navigation() {
  const words = useWords(appWords)
  const { may } = useMe()
  const { pathname } = useLocation()
  return (
    <nav className="nav" aria-label={words.main}>
      {menuFor(may).map(({ id, path }) => (
        <NavLink
          key={id}
          to={path}
          className={({ isActive }) =>
            isActive || (id === 'inbox' && pathname.startsWith('/requests/')) ? 'nav-item on' : 'nav-item'
          }
        >
          {icons[id]}
          <span>{words.menu[id]}</span>
        </NavLink>
      ))}
    </nav>
  )
}
