import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Form, Input, Select, Switch } from 'antd'
import { kitWords } from '../../kit/words'
import { useWords } from '../../words/language'
import { catalogueWords } from './words'

/** What else a type asks; choices have their options. */
export function QuestionFields() {
  const words = useWords(catalogueWords)
  return (
    <Form.List name="questions">
      {(fields, { add, remove }) => (
        <>
          {fields.map(({ key, name }) => (
            <fieldset key={key} className="clock-field">
              <QuestionField name={name} />
              <Button
                icon={<DeleteOutlined aria-hidden />}
                aria-label={words.removeQuestion(name + 1)}
                onClick={() => remove(name)}
              />
            </fieldset>
          ))}
          <Button
            icon={<PlusOutlined aria-hidden />}
            disabled={fields.length >= 6}
            onClick={() =>
              add({ code: `q${fields.length + 1}`, label: '', kind: 'text', options: [], required: false })
            }
          >
            {words.addQuestion}
          </Button>
        </>
      )}
    </Form.List>
  )
}

function QuestionField({ name }: { readonly name: number }) {
  const words = useWords(catalogueWords)
  const kit = useWords(kitWords)
  const kind = Form.useWatch<string | undefined>(['questions', name, 'kind'])
  const required = [{ required: true, message: kit.required }]
  return (
    <div className="form-row">
      <Form.Item name={[name, 'label']} label={words.field.label} rules={required} className="wide">
        <Input maxLength={40} />
      </Form.Item>
      <Form.Item name={[name, 'kind']} label={words.field.kind} rules={required}>
        <Select options={Object.entries(words.questionKind).map(([value, label]) => ({ value, label }))} />
      </Form.Item>
      <Form.Item
        name={[name, 'code']}
        label={words.field.code}
        rules={[{ required: true, pattern: /^[a-z][a-z0-9-]{0,31}$/, message: kit.required }]}
      >
        <Input spellCheck={false} />
      </Form.Item>
      {kind === 'choice' || kind === 'many' ? (
        <Form.Item name={[name, 'options']} label={words.field.options} rules={required} className="wide">
          <Select mode="tags" maxCount={12} />
        </Form.Item>
      ) : null}
      {kind === 'number' ? (
        <Form.Item name={[name, 'unit']} label={words.field.unit}>
          <Input maxLength={8} />
        </Form.Item>
      ) : null}
      <Form.Item name={[name, 'required']} label={words.field.required} valuePropName="checked">
        <Switch />
      </Form.Item>
    </div>
  )
}
