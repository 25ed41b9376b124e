import { KeyHelp } from '../../../kit/key-help'
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

export function ChatKeys({ open, onClose }: { readonly open: boolean; readonly onClose: () => void }) {
  const words = useWords(chatWords)
  return (
    <KeyHelp
      open={open}
      title={words.keys}
      keys={keys.map(([key, does]) => [key, words.keyList[does]])}
      onClose={onClose}
    />
  )
}
