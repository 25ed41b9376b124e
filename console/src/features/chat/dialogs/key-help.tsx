import { Modal } from 'antd'
import { useWords } from '../../../words/language'
import { chatWords } from '../words'

const keys = [
  ['j', 'next'],
  ['k', 'previous'],
  ['a', 'take'],
  ['r', 'reply'],
  ['n', 'note'],
  ['c', 'close'],
  ['t', 'transfer'],
  ['g', 'request'],
  ['f', 'find'],
  ['/', 'canned'],
  ['@', 'mention'],
  ['Enter', 'send'],
  ['Esc', 'leave'],
  ['?', 'help'],
] as const

export function KeyHelp({ open, onClose }: { readonly open: boolean; readonly onClose: () => void }) {
  const words = useWords(chatWords)
  return (
    <Modal open={open} title={words.keys} footer={null} onCancel={onClose} width={420}>
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
