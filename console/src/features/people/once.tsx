import { Typography } from 'antd'
import { useWords } from '../../words/language'
import { peopleWords } from './words'

/** A password that is shown once and never again. */
export function OncePassword({ password }: { readonly password: string }) {
  const words = useWords(peopleWords)
  return (
    <div className="once" role="status">
      <p>{words.once}</p>
      <Typography.Text code copyable className="big">
        {password}
      </Typography.Text>
      <p className="quiet">{words.onceHint}</p>
    </div>
  )
}
