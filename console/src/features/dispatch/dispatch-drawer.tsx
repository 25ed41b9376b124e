import { Drawer } from 'antd'
import type { DeskRow } from '../../api/types'
import { useMay } from '../../kit/me-context'
import { useWords } from '../../words/language'
import { AssignPanel } from './assign-panel'
import { RecallButton } from './recall-button'
import { dispatchWords } from './words'

interface DispatchDrawerProps {
  readonly request: DeskRow
  readonly onClose: () => void
}

/** Dispatching beside the request, which stays in sight. */
export function DispatchDrawer({ request, onClose }: DispatchDrawerProps) {
  const words = useWords(dispatchWords)
  const may = useMay()
  const out =
    ['dispatched', 'on-the-way', 'on-site', 'on-hold'].includes(request.state) && request.team !== null
  return (
    <Drawer
      open
      size={460}
      title={words.drawer(request.number)}
      onClose={onClose}
      extra={out && may('dispatch.recall') ? <RecallButton request={request} onDone={onClose} /> : null}
    >
      <AssignPanel request={request} onDone={onClose} />
    </Drawer>
  )
}
