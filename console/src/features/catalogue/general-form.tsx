import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Form, Input, InputNumber, Select } from 'antd'
import type { CatalogueBody } from '../../api/types'
import { kitWords } from '../../kit/words'
import { useWords } from '../../words/language'
import { catalogueWords } from './words'

interface AreaLine {
  readonly name: string
  readonly kind: 'city' | 'rural' | 'remote'
}
type Values = Omit<CatalogueBody, 'types' | 'areaClasses' | 'areaPlaces'> & { readonly areas: AreaLine[] }

interface GeneralFormProps {
  readonly body: CatalogueBody
  readonly disabled: boolean
  readonly onChange: (next: CatalogueBody) => void
}

/** What holds for all types of a company: windows, escalation, and which communities are not city. */
export function GeneralForm({ body, disabled, onChange }: GeneralFormProps) {
  const words = useWords(catalogueWords)
  const areas = Object.entries(body.areaClasses).map(([name, kind]) => ({ name, kind }))
  const changed = (_: unknown, { areas: lines, ...rest }: Values): void => {
    const named = (lines ?? []).filter((line) => line?.name)
    onChange({
      ...body,
      ...rest,
      escalationMinutes: (rest.escalationMinutes ?? []).map(Number).filter((value) => value > 0),
      areaClasses: Object.fromEntries(named.map(({ name, kind }) => [name, kind])),
    })
  }
  return (
    <Form layout="vertical" disabled={disabled} initialValues={{ ...body, areas }} onValuesChange={changed}>
      <div className="form-row">
        <Numbers />
        <Form.Item
          name="escalationMinutes"
          label={words.field.escalationMinutes}
          extra={words.escalationHint}
          className="wide"
        >
          <Select mode="tags" maxCount={3} />
        </Form.Item>
      </div>
      <h2>{words.field.areaClasses}</h2>
      <AreaLines />
    </Form>
  )
}

function Numbers() {
  const words = useWords(catalogueWords)
  const kit = useWords(kitWords)
  const limits = [
    ['reopenHours', 1, 720],
    ['urgeGapMinutes', 1, 10_080],
    ['surveyAfterDays', 1, 90],
    ['offerSeconds', 30, 3600],
  ] as const
  return limits.map(([name, min, max]) => (
    <Form.Item
      key={name}
      name={name}
      label={words.field[name]}
      rules={[{ required: true, message: kit.required }]}
    >
      <InputNumber min={min} max={max} precision={0} />
    </Form.Item>
  ))
}

function AreaLines() {
  const words = useWords(catalogueWords)
  const kit = useWords(kitWords)
  const options = (['city', 'rural', 'remote'] as const).map((value) => ({
    value,
    label: words.areaClass[value],
  }))
  return (
    <Form.List name="areas">
      {(fields, { add, remove }) => (
        <>
          {fields.map(({ key, name }) => (
            <div key={key} className="area-line">
              <Form.Item name={[name, 'name']} noStyle>
                <Input aria-label={words.community} maxLength={80} />
              </Form.Item>
              <Form.Item name={[name, 'kind']} noStyle>
                <Select aria-label={words.field.areaClasses} options={options} />
              </Form.Item>
              <Button
                icon={<DeleteOutlined aria-hidden />}
                aria-label={`${kit.remove} ${name + 1}`}
                onClick={() => remove(name)}
              />
            </div>
          ))}
          <Button icon={<PlusOutlined aria-hidden />} onClick={() => add({ name: '', kind: 'rural' })}>
            {words.addArea}
          </Button>
        </>
      )}
    </Form.List>
  )
}
