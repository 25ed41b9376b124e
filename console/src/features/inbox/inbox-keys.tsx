import { KeyHelp } from '../../kit/key-help'
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

export function InboxKeys({ open, onClose }: { readonly open: boolean; readonly onClose: () => void }) {
  const words = useWords(inboxWords)
  return (
    <KeyHelp
      open={open}
      title={words.keys}
      keys={keys.map(([key, does]) => [key, words.keyList[does]])}
      onClose={onClose}
    />
  )
}
