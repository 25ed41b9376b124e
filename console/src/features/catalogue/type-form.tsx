import { Form, Input, Radio, Select, Switch } from 'antd'
import type { ServiceType } from '../../api/types'
import { kitWords } from '../../kit/words'
import { useWords } from '../../words/language'
import { useTeamNames } from './api/read-catalogue'
import { ClockFields } from './clock-fields'
import { withoutHoles } from './edit'
import { LinesField } from './lines-field'
import { QuestionFields } from './question-fields'
import { StopperFields } from './stopper-fields'
import { catalogueWords } from './words'

interface TypeFormProps {
  readonly type: ServiceType
  readonly companyId: string
  readonly calendars: readonly string[]
  readonly disabled: boolean
  readonly onChange: (next: ServiceType) => void
}

/** Everything about one type, from the resident's name for it to what proves that it was done. */
export function TypeForm({ type, companyId, calendars, disabled, onChange }: TypeFormProps) {
  const words = useWords(catalogueWords)
  const [form] = Form.useForm<ServiceType>()
  const changed = (): void => {
    const values = form.getFieldsValue(true) as ServiceType
    onChange({
      ...withoutHoles({ ...type, ...values }),
      id: type.id,
      stopper: stopperOf(values),
      skill: values.skill || null,
    })
  }
  return (
    <Form form={form} layout="vertical" disabled={disabled} initialValues={type} onValuesChange={changed}>
      <h2>{words.basics}</h2>
      <BasicFields />
      <h2>{words.needs}</h2>
      <NeedFields />
      <h2>{words.clocks}</h2>
      <ClockFields calendars={calendars} />
      <h2>{words.questions}</h2>
      <QuestionFields />
      <h2>{words.stopper}</h2>
      <StopperFields />
      <h2>{words.work}</h2>
      <WorkFields companyId={companyId} />
    </Form>
  )
}

/** An empty question means that the gate stands open at once. */
function stopperOf({ stopper }: ServiceType): ServiceType['stopper'] {
  if (stopper === null || stopper === undefined) return null
  return { ...stopper, ask: stopper.ask === '' || stopper.ask === undefined ? null : stopper.ask }
}

function BasicFields() {
  const words = useWords(catalogueWords)
  const kit = useWords(kitWords)
  const required = [{ required: true, message: kit.required }]
  const priorities = ([1, 2, 3, 4] as const).map((value) => ({ value, label: kit.priority[`p${value}`] }))
  return (
    <div className="form-row">
      <Form.Item name="name" label={words.field.name} rules={required}>
        <Input maxLength={12} />
      </Form.Item>
      <Form.Item name="class" label={words.field.class} rules={required}>
        <Select options={Object.entries(kit.class).map(([value, label]) => ({ value, label }))} />
      </Form.Item>
      <Form.Item name="priority" label={words.field.priority}>
        <Select options={priorities} />
      </Form.Item>
      <Form.Item name="noSupply" label={words.field.noSupply} valuePropName="checked">
        <Switch />
      </Form.Item>
      <Form.Item name="explainedByOutage" label={words.field.explainedByOutage} valuePropName="checked">
        <Switch />
      </Form.Item>
      <Form.Item name="anonymous" label={words.field.anonymous} valuePropName="checked">
        <Switch />
      </Form.Item>
      <Form.Item name="hint" label={words.field.hint} rules={required} className="wide">
        <Input maxLength={40} />
      </Form.Item>
    </div>
  )
}

function NeedFields() {
  const words = useWords(catalogueWords)
  const options = (['required', 'optional', 'none'] as const).map((value) => ({
    value,
    label: words.need[value],
  }))
  return (
    <div className="form-row">
      {(['household', 'photo', 'place', 'appointment'] as const).map((name) => (
        <Form.Item key={name} name={name} label={words.field[name]}>
          <Radio.Group optionType="button" options={options} />
        </Form.Item>
      ))}
    </div>
  )
}

function WorkFields({ companyId }: { readonly companyId: string }) {
  const words = useWords(catalogueWords)
  const teams = (useTeamNames().data?.teams ?? []).filter((team) => team.companyId === companyId)
  return (
    <div className="form-row">
      <Form.Item name="receivers" label={words.field.receivers} className="wide">
        <Select mode="tags" maxCount={5} options={teams.map(({ name }) => ({ value: name, label: name }))} />
      </Form.Item>
      <Form.Item name="skill" label={words.field.skill}>
        <Input maxLength={32} spellCheck={false} allowClear />
      </Form.Item>
      <Form.Item name="evidence" label={words.field.evidence} className="wide">
        <Select
          mode="multiple"
          options={Object.entries(words.evidenceOf).map(([value, label]) => ({ value, label }))}
        />
      </Form.Item>
      <Form.Item name="checklist" label={words.field.checklist} extra={words.linesHint} className="wide">
        <LinesField />
      </Form.Item>
      <Form.Item name="reasonsUnderFour" label={words.field.reasonsUnderFour} className="wide">
        <Select mode="tags" maxCount={8} />
      </Form.Item>
    </div>
  )
}
