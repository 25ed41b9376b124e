import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Form, Input, InputNumber, Select } from 'antd'
import { kitWords } from '../../kit/words'
import { useWords } from '../../words/language'
import { catalogueWords } from './words'

/** The promises of a type: what is counted, from when to when, and where the limit is written down. */
export function ClockFields({ calendars }: { readonly calendars: readonly string[] }) {
  const words = useWords(catalogueWords)
  return (
    <Form.List name="clocks">
      {(fields, { add, remove }) => (
        <>
          {fields.map(({ key, name }) => (
            <fieldset key={key} className="clock-field">
              <ClockField name={name} calendars={calendars} />
              <Button
                icon={<DeleteOutlined aria-hidden />}
                aria-label={words.removeClock(name + 1)}
                onClick={() => remove(name)}
              />
            </fieldset>
          ))}
          <Button
            icon={<PlusOutlined aria-hidden />}
            disabled={fields.length >= 4}
            onClick={() =>
              add({
                kind: 'reply',
                minutes: { city: 1440 },
                calendar: calendars[0] ?? 'always',
                startsAt: 'submitted',
                metBy: 'closed',
                warnAt: 0.7,
                source: '',
              })
            }
          >
            {words.addClock}
          </Button>
        </>
      )}
    </Form.List>
  )
}

function ClockField({ name, calendars }: { readonly name: number; readonly calendars: readonly string[] }) {
  const words = useWords(catalogueWords)
  const kit = useWords(kitWords)
  const required = [{ required: true, message: kit.required }]
  const optionsOf = (labels: Readonly<Record<string, string>>) =>
    Object.entries(labels).map(([value, label]) => ({ value, label }))
  return (
    <div className="form-row">
      <Form.Item name={[name, 'kind']} label={words.field.kind} rules={required}>
        <Select options={optionsOf(kit.clock)} />
      </Form.Item>
      <Form.Item name={[name, 'startsAt']} label={words.field.startsAt} rules={required}>
        <Select options={optionsOf(words.startOf)} />
      </Form.Item>
      <Form.Item name={[name, 'metBy']} label={words.field.metBy} rules={required}>
        <Select options={optionsOf(words.metOf)} />
      </Form.Item>
      <Form.Item name={[name, 'calendar']} label={words.field.calendar} rules={required}>
        <Select options={calendars.map((value) => ({ value, label: value }))} />
      </Form.Item>
      {(['city', 'rural', 'remote'] as const).map((area) => (
        <Form.Item
          key={area}
          name={[name, 'minutes', area]}
          label={`${words.field[area]} ${words.field.minutes}`}
          rules={area === 'city' ? required : []}
        >
          <InputNumber min={1} precision={0} />
        </Form.Item>
      ))}
      <Form.Item
        name={[name, 'atPriority', '1', 'city']}
        label={`${words.field['1']} ${words.field.minutes}`}
      >
        <InputNumber min={1} precision={0} />
      </Form.Item>
      <Form.Item name={[name, 'warnAt']} label={words.field.warnAt} rules={required}>
        <InputNumber min={0.1} max={0.99} step={0.05} />
      </Form.Item>
      <Form.Item name={[name, 'source']} label={words.field.source} rules={required} className="wide">
        <Input maxLength={80} />
      </Form.Item>
    </div>
  )
}
