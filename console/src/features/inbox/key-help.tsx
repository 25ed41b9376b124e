import { Modal } from 'antd'
import { useWords } from '../../words/language'
import { inboxWords } from './words'

const keys = [
  ['j', 'next'],
  ['k', 'previous'],
  ['Enter', 'open'],
  ['x', 'select'],
  ['a', 'accept'],
  ['d', 'dispatch'],
  ['n', 'note'],
  ['r', 'reply'],
  ['/', 'search'],
  ['u', 'back'],
  ['?', 'help'],
] as const

export function KeyHelp({ open, onClose }: { readonly open: boolean; readonly onClose: () => void }) {
  const words = useWords(inboxWords)
  return (
    <Modal open={open} title={words.keys} footer={null} onCancel={onClose} width={380}>
      <dl className="key-help">
        {keys.map(([key, name]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{words.keyList[name]}</dd>
          </div>
        ))}
      </dl>
    </Modal>
  )
}
