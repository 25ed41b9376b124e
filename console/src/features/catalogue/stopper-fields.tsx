import { Form, Input, Switch } from 'antd'
import type { ServiceType } from '../../api/types'
import { kitWords } from '../../kit/words'
import { useWords } from '../../words/language'
import { LinesField } from './lines-field'
import { catalogueWords } from './words'

const empty: NonNullable<ServiceType['stopper']> = {
  ask: null,
  title: '有危险',
  steps: ['先到安全的地方'],
  phone: '119',
}

/** What stops the form where every second counts. */
export function StopperFields() {
  const words = useWords(catalogueWords)
  const kit = useWords(kitWords)
  const form = Form.useFormInstance<ServiceType>()
  const stopper = Form.useWatch('stopper', form)
  const required = [{ required: true, message: kit.required }]
  return (
    <>
      <label className="switch-line" htmlFor="has-stopper">
        <Switch
          id="has-stopper"
          checked={stopper !== null && stopper !== undefined}
          onChange={(on) => form.setFieldsValue({ stopper: on ? empty : null })}
        />{' '}
        {words.hasStopper}
      </label>
      {stopper === null || stopper === undefined ? null : (
        <div className="form-row">
          <Form.Item name={['stopper', 'title']} label={words.field.title} rules={required}>
            <Input maxLength={20} />
          </Form.Item>
          <Form.Item name={['stopper', 'phone']} label={words.field.phone} rules={required}>
            <Input maxLength={16} />
          </Form.Item>
          <Form.Item name={['stopper', 'ask']} label={words.field.ask} className="wide">
            <Input maxLength={40} allowClear />
          </Form.Item>
          <Form.Item
            name={['stopper', 'steps']}
            label={words.field.steps}
            extra={words.linesHint}
            rules={required}
            className="wide"
          >
            <LinesField />
          </Form.Item>
        </div>
      )}
    </>
  )
}
