import { Button, Drawer, Form, Input, Select } from 'antd'
import { useState } from 'react'
import type { Company, Team } from '../../api/types'
import { AreaPicker } from '../../kit/area-picker'
import { Failed } from '../../kit/loaded'
import { useMay } from '../../kit/me-context'
import { useSay } from '../../kit/use-done'
import { kitWords } from '../../kit/words'
import { useWords } from '../../words/language'
import { useMembers } from './api/read-teams'
import { useSaveTeam } from './api/save-team'
import { teamWords } from './words'

interface TeamDrawerProps {
  readonly team: Team | null
  readonly companies: readonly Company[]
  readonly onClose: () => void
}

interface Values {
  readonly companyId: string
  readonly name: string
  readonly leadId?: string | null
  readonly areaIds?: string[]
}

export function TeamDrawer({ team, companies, onClose }: TeamDrawerProps) {
  const words = useWords(teamWords)
  const kit = useWords(kitWords)
  const may = useMay()
  const { done } = useSay()
  const save = useSaveTeam()
  const members = useMembers(team?.id ?? null, may('staff.list'))
  const [form] = Form.useForm<Values>()
  const [failed, setFailed] = useState<unknown>(null)
  const companyId = Form.useWatch('companyId', form) ?? team?.companyId ?? companies[0]?.id
  const people = (members.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }))
  const lead = team?.leadId && team.leadName ? [{ value: team.leadId, label: team.leadName }] : []
  const known = people.length > 0 ? people : lead
  const submit = (values: Values): void => {
    setFailed(null)
    save.mutate(
      {
        teamId: team?.id ?? null,
        companyId: values.companyId,
        name: values.name.trim(),
        leadId: values.leadId ?? null,
        areaIds: values.areaIds ?? [],
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
      size={480}
      title={team?.name ?? words.new}
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
        initialValues={team ?? { companyId: companies[0]?.id, name: '', areaIds: [] }}
        onFinish={submit}
      >
        <Form.Item name="companyId" label={kit.company} rules={[{ required: true, message: kit.required }]}>
          <Select
            disabled={team !== null}
            options={companies.map(({ id, name }) => ({ value: id, label: name }))}
          />
        </Form.Item>
        <Form.Item name="name" label={words.name} rules={[{ required: true, min: 2, message: kit.required }]}>
          <Input maxLength={30} />
        </Form.Item>
        <Form.Item name="leadId" label={words.lead} extra={words.leadHint}>
          <Select allowClear disabled={team === null} options={known} />
        </Form.Item>
        <Form.Item name="areaIds" label={words.areas}>
          <AreaPicker companyIds={companyId === undefined ? [] : [companyId]} placeholder={words.allAreas} />
        </Form.Item>
      </Form>
    </Drawer>
  )
}
