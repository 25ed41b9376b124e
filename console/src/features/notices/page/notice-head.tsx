import { LeftOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { Link, useNavigate } from 'react-router'
import type { DeskNotice, NoticeAct } from '../../../api/types'
import { useWords } from '../../../words/language'
import { actName, headActs } from './acts'
import { NoticeTag } from '../notice-tag'
import { noticeWords } from '../words'
import { noticePageWords } from './words'

interface NoticeHeadProps {
  readonly data: DeskNotice
  readonly onAct: (act: NoticeAct) => void
  readonly stopping: boolean
}

/** Its name and state, and exactly the acts that the server allows this person now. */
export function NoticeHead({ data, onAct, stopping }: NoticeHeadProps) {
  const words = useWords(noticePageWords)
  const common = useWords(noticeWords)
  const go = useNavigate()
  const { notice, acts } = data
  const press = (act: NoticeAct): void => {
    if (act === 'save') void go(`/notices/write/${notice.id}`)
    else onAct(act)
  }
  return (
    <header className="page-head">
      <Link to="/notices" className="back" aria-label={words.back}>
        <LeftOutlined aria-hidden />
      </Link>
      <div className="grow">
        <h1 className="ellipsis">{notice.title}</h1>
        <span className="num quiet">
          {notice.number} · {common.kindOf[notice.kind]}
        </span>{' '}
        <NoticeTag notice={notice} />
      </div>
      <div className="page-actions">
        {headActs(acts, notice.shown !== 'planned').map(({ act, look }) => (
          <Button
            key={act}
            type={look === 'first' ? 'primary' : 'default'}
            danger={look === 'danger'}
            loading={act === 'stop' && stopping}
            onClick={() => press(act)}
          >
            {actName(act, notice, words)}
          </Button>
        ))}
      </div>
    </header>
  )
}
