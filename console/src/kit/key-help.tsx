import { Modal } from 'antd'

interface KeyHelpProps {
  readonly open: boolean
  readonly title: string
  /** Each key with what it does. */
  readonly keys: readonly (readonly [string, string])[]
  readonly onClose: () => void
}

/** Which keys do what on the page behind it. */
export function KeyHelp({ open, title, keys, onClose }: KeyHelpProps) {
  return (
    <Modal open={open} title={title} footer={null} onCancel={onClose} width={420}>
      <dl className="key-help">
        {keys.map(([key, does]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
    </Modal>
  )
}
