import { Button, Drawer, Form, Input, InputNumber, Radio, Select, Switch } from 'antd'
import { useState } from 'react'
import type { Company } from '../../api/types'
import { Failed } from '../../kit/loaded'
import { useSay } from '../../kit/use-done'
import { kitWords } from '../../kit/words'
import { useWords } from '../../words/language'
import { type DeskOutlet, useSaveOutlet } from './api'
import { exceptionsOf, spansOf } from './hours-text'
import { accessFacts, factsOf, formOf, isDegrees, type OutletForm } from './outlet-form'
import { outletWords } from './words'

interface OutletDrawerProps {
  readonly outlet: DeskOutlet | null
  readonly companies: readonly Company[]
  readonly onClose: () => void
}

export function OutletDrawer({ outlet, companies, onClose }: OutletDrawerProps) {
  const words = useWords(outletWords)
  const kit = useWords(kitWords)
  const { done } = useSay()
  const save = useSaveOutlet()
  const [form] = Form.useForm<OutletForm>()
  const [failed, setFailed] = useState<unknown>(null)
  const submit = (values: OutletForm): void => {
    setFailed(null)
    save.mutate(
      {
        companyId: values.companyId,
        outletId: outlet?.id ?? null,
        basedOn: outlet?.version ?? 0,
        facts: factsOf(values),
      },
      {
        onError: setFailed,
        onSuccess: () => {
          done(words.saved)
          onClose()
        },
      },
    )
  }
  return (
    <Drawer
      open
      size={560}
      title={outlet?.name ?? words.new}
      onClose={onClose}
      extra={
        <Button type="primary" loading={save.isPending} onClick={form.submit}>
          {kit.save}
        </Button>
      }
    >
      {failed === null ? null : <Failed error={failed} />}
      <Form
        form={form}
        layout="vertical"
        initialValues={formOf(outlet, companies[0]?.id ?? '')}
        onFinish={submit}
      >
        <Form.Item name="companyId" label={kit.company}>
          <Select
            disabled={outlet !== null}
            options={companies.map(({ id, name }) => ({ value: id, label: name }))}
          />
        </Form.Item>
        <WhereFields />
        <HoursFields />
        <ServiceFields />
      </Form>
    </Drawer>
  )
}

function WhereFields() {
  const words = useWords(outletWords)
  const kit = useWords(kitWords)
  const degrees = {
    validator: (_: unknown, value: string) =>
      isDegrees(value) ? Promise.resolve() : Promise.reject(new Error(words.degreesWrong)),
  }
  return (
    <>
      <Form.Item name="name" label={words.name} rules={[{ required: true, min: 2, message: kit.required }]}>
        <Input maxLength={40} />
      </Form.Item>
      <Form.Item
        name="address"
        label={words.address}
        rules={[{ required: true, min: 4, message: kit.required }]}
      >
        <Input maxLength={120} />
      </Form.Item>
      <Form.Item
        name="phone"
        label={words.phone}
        rules={[{ required: true, pattern: /^[\d-]{5,16}$/, message: kit.required }]}
      >
        <Input inputMode="tel" maxLength={16} />
      </Form.Item>
      <Form.Item name="latitude" label={words.latitude} extra={words.degreesHint} rules={[degrees]}>
        <Input inputMode="decimal" />
      </Form.Item>
      <Form.Item name="longitude" label={words.longitude} rules={[degrees]}>
        <Input inputMode="decimal" />
      </Form.Item>
    </>
  )
}

function HoursFields() {
  const words = useWords(outletWords)
  const hours = {
    validator: (_: unknown, value: string) =>
      spansOf(value) === null ? Promise.reject(new Error(words.hoursWrong)) : Promise.resolve(),
  }
  const exceptions = {
    validator: (_: unknown, value: string) =>
      exceptionsOf(value) === null ? Promise.reject(new Error(words.exceptionsWrong)) : Promise.resolve(),
  }
  return (
    <>
      <p className="quiet">{words.hoursHint}</p>
      {words.days.map((day, index) => (
        <Form.Item key={day} name={['week', index]} label={day} rules={[hours]}>
          <Input />
        </Form.Item>
      ))}
      <Form.Item name="holiday" label={words.holiday} rules={[hours]}>
        <Input />
      </Form.Item>
      <Form.Item name="exceptions" label={words.exceptions} extra={words.exceptionsHint} rules={[exceptions]}>
        <Input.TextArea autoSize={{ minRows: 2 }} />
      </Form.Item>
    </>
  )
}

function ServiceFields() {
  const words = useWords(outletWords)
  const kit = useWords(kitWords)
  const states = (['yes', 'no', 'unknown'] as const).map((value) => ({
    value,
    label: words.accessStates[value],
  }))
  return (
    <>
      <Form.Item
        name="services"
        label={words.services}
        extra={words.servicesHint}
        rules={[{ required: true, message: kit.required }]}
      >
        <Select mode="tags" open={false} suffixIcon={null} maxCount={20} />
      </Form.Item>
      <p className="quiet">{words.access}</p>
      {accessFacts.map((fact) => (
        <Form.Item key={fact} name={['access', fact]} label={words.accessFacts[fact]}>
          <Radio.Group options={states} optionType="button" />
        </Form.Item>
      ))}
      <Form.Item name="note" label={words.note}>
        <Input.TextArea maxLength={200} />
      </Form.Item>
      <Form.Item name="hasTickets" label={words.hasTickets} valuePropName="checked">
        <Switch />
      </Form.Item>
      <Form.Item name="minutesEach" label={words.minutesEach}>
        <InputNumber min={1} max={120} />
      </Form.Item>
      <Form.Item name="inUse" label={words.inUse} valuePropName="checked">
        <Switch />
      </Form.Item>
    </>
  )
}
