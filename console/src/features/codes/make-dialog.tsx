import { Modal, Radio } from 'antd'
import { useState } from 'react'
import type { Company } from '../../api/types'
import { Failed } from '../../kit/loaded'
import { useSay } from '../../kit/use-done'
import { useWords } from '../../words/language'
import { type PrintForm, type Target, useMake, usePrint } from './api'
import { Counted } from './counted'
import { pagesOf } from './pages'
import { SheetPicture } from './sheet-picture'
import { codeWords } from './words'

interface DialogProps {
  readonly target: Target
  readonly name: string
  readonly onClose: () => void
  /** Leads to where the order can be watched. */
  readonly onOrdered: () => void
}

/** Makes what is missing, after saying how many that are. */
export function MakeDialog({ target, name, onClose, onOrdered }: DialogProps) {
  const words = useWords(codeWords)
  const { done } = useSay()
  const make = useMake()
  const submit = (): void =>
    make.mutate(target, {
      onSuccess: ({ order }) => {
        done(order === null ? words.makeOneDone : words.makeDone)
        onClose()
        if (order !== null) onOrdered()
      },
    })
  return (
    <Modal
      open
      title={words.makeTitle(name)}
      okText={words.make}
      okButtonProps={{ loading: make.isPending }}
      onOk={submit}
      onCancel={onClose}
    >
      {make.error ? <Failed error={make.error} /> : null}
      <p>{words.makeText}</p>
      <Counted target={target} />
    </Modal>
  )
}

const forms: readonly PrintForm[] = ['stickers-24', 'stickers-8', 'notice', 'box-card']

/** The choice of a form by its picture, and how much paper it is. */
export function PrintDialog({
  target,
  name,
  company,
  onClose,
  onOrdered,
}: DialogProps & { readonly company: Company | undefined }) {
  const words = useWords(codeWords)
  const { done } = useSay()
  const print = usePrint()
  const [form, setForm] = useState<PrintForm>(target.householdId === undefined ? 'stickers-24' : 'notice')
  const submit = (): void =>
    print.mutate(
      { ...target, form },
      {
        onSuccess: () => {
          done(words.printDone)
          onClose()
          onOrdered()
        },
      },
    )
  return (
    <Modal
      open
      width={680}
      title={words.printTitle(name)}
      okText={words.print}
      okButtonProps={{ loading: print.isPending }}
      onOk={submit}
      onCancel={onClose}
    >
      {print.error ? <Failed error={print.error} /> : null}
      <p>{words.printText}</p>
      <Radio.Group
        className="sheet-choice"
        aria-label={words.form}
        value={form}
        onChange={(event) => setForm(event.target.value as PrintForm)}
      >
        {forms.map((one) => (
          <Radio key={one} value={one}>
            <SheetPicture form={one} colour={company?.brandColour ?? '#5b626b'} />
            <b>{words.formOf[one]}</b>
            <span className="quiet small">{words.formText[one]}</span>
          </Radio>
        ))}
      </Radio.Group>
      <Counted target={target} pages={(households) => pagesOf(form, households)} />
    </Modal>
  )
}
