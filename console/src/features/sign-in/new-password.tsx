import { Form, Input } from 'antd'
import { useRead } from '../../api/query'
import { kitWords } from '../../kit/words'
import { useWords } from '../../words/language'
import { signInWords } from './words'

/** A new password, twice, with the rule that the server holds; the server judges it. */
export function NewPassword({ name }: { readonly name: string }) {
  const words = useWords(signInWords)
  const kit = useWords(kitWords)
  const describe = useRead('staff.describe', {})
  const rule = describe.data?.passwordRule
  return (
    <>
      <Form.Item
        name={name}
        label={words.newPassword}
        extra={rule === undefined ? null : words.rule(rule)}
        rules={[{ required: true, message: kit.required }]}
      >
        <Input.Password autoComplete="new-password" />
      </Form.Item>
      <Form.Item
        name={`${name}Again`}
        label={words.repeat}
        dependencies={[name]}
        rules={[
          { required: true, message: kit.required },
          ({ getFieldValue }) => ({
            validator: async (_, value) => {
              if (value !== getFieldValue(name)) throw new Error(words.different)
            },
          }),
        ]}
      >
        <Input.Password autoComplete="new-password" />
      </Form.Item>
    </>
  )
}
