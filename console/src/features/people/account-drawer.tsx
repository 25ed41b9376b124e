import { Button, Drawer, Form, Input, Select } from 'antd'
import { useState } from 'react'
import type { Account } from '../../api/types'
import { AreaPicker } from '../../kit/area-picker'
import { useCompanies } from '../../kit/companies'
import { Failed } from '../../kit/loaded'
import { useMe } from '../../kit/me-context'
import { useSay } from '../../kit/use-done'
import { kitWords } from '../../kit/words'
import { useWords } from '../../words/language'
import { accountInput, type AccountValues, phoneGiven, valuesOf } from './account-input'
import { useCreateAccount } from './api/create-account'
import { useSkills, useTeams } from './api/read-lists'
import { useUpdateAccount } from './api/update-account'
import { OncePassword } from './once'
import { allRoles, type StaffRole, standsAlone } from './roles'
import { peopleWords } from './words'

interface AccountDrawerProps {
  readonly account: Account | null
  readonly onClose: () => void
}

/** Makes or changes an account; a new one shows its password once. */
export function AccountDrawer({ account, onClose }: AccountDrawerProps) {
  const words = useWords(peopleWords)
  const kit = useWords(kitWords)
  const { done } = useSay()
  const create = useCreateAccount()
  const update = useUpdateAccount()
  const [form] = Form.useForm<AccountValues>()
  const [failed, setFailed] = useState<unknown>(null)
  const submit = (values: AccountValues): void => {
    setFailed(null)
    const onError = setFailed
    if (account === null) {
      const { phone = null } = phoneGiven(values)
      create.mutate({ loginName: values.loginName, phone, ...accountInput(values) }, { onError })
      return
    }
    const onSuccess = (): void => {
      done(words.saved)
      onClose()
    }
    update.mutate(
      { staffId: account.id, ...accountInput(values), ...phoneGiven(values) },
      { onError, onSuccess },
    )
  }
  const made = create.data
  return (
    <Drawer
      open
      size={520}
      title={account?.name ?? words.new}
      onClose={onClose}
      extra={
        made ? null : (
          <Button type="primary" loading={create.isPending || update.isPending} onClick={form.submit}>
            {kit.save}
          </Button>
        )
      }
    >
      {failed === null ? null : <Failed error={failed} />}
      {made ? (
        <>
          <p>{words.created(made.account.name)}</p>
          <OncePassword password={made.oneTimePassword} />
        </>
      ) : (
        <Form form={form} layout="vertical" initialValues={valuesOf(account)} onFinish={submit}>
          <WhoFields isNew={account === null} />
          <ScopeFields />
        </Form>
      )}
    </Drawer>
  )
}

function WhoFields({ isNew }: { readonly isNew: boolean }) {
  const words = useWords(peopleWords)
  const kit = useWords(kitWords)
  return (
    <>
      <Form.Item
        name="loginName"
        label={words.loginName}
        extra={isNew ? words.loginHint : null}
        rules={[{ required: true, pattern: /^[a-z][a-z0-9._-]{2,31}$/, message: words.badName }]}
      >
        <Input disabled={!isNew} autoComplete="off" spellCheck={false} />
      </Form.Item>
      <Form.Item name="name" label={words.name} rules={[{ required: true, min: 2, message: kit.required }]}>
        <Input maxLength={20} />
      </Form.Item>
      <Form.Item
        name="phone"
        label={words.phone}
        extra={words.phoneHint}
        rules={[{ pattern: /^1[3-9]\d{9}$/, message: words.badPhone }]}
      >
        <Input inputMode="tel" maxLength={11} autoComplete="off" />
      </Form.Item>
      <Form.Item
        name="roles"
        label={words.roles}
        extra={words.rolesHint}
        rules={[
          { required: true, message: kit.required },
          {
            validator: async (_, roles: StaffRole[] | undefined) => {
              if (standsAlone(roles ?? [])) throw new Error(words.alone)
            },
          },
        ]}
      >
        <Select mode="multiple" options={allRoles.map((value) => ({ value, label: kit.role[value] }))} />
      </Form.Item>
    </>
  )
}

function ScopeFields() {
  const words = useWords(peopleWords)
  const companies = useCompanies(useMe())
  const teams = useTeams().data?.teams ?? []
  const chosen = Form.useWatch<string[] | undefined>('companies') ?? []
  const ids = chosen.length > 0 ? chosen : companies.map(({ id }) => id)
  const skills = useSkills(ids)
  return (
    <>
      <Form.Item name="companies" label={words.companies}>
        <Select
          mode="multiple"
          placeholder={words.allCompanies}
          options={companies.map(({ id, name }) => ({ value: id, label: name }))}
        />
      </Form.Item>
      <Form.Item name="areaIds" label={words.areas}>
        <AreaPicker companyIds={ids} placeholder={words.allAreas} />
      </Form.Item>
      <Form.Item name="teamId" label={words.team}>
        <Select
          allowClear
          options={teams
            .filter(({ companyId }) => ids.includes(companyId))
            .map(({ id, name }) => ({ value: id, label: name }))}
        />
      </Form.Item>
      <Form.Item name="skills" label={words.skills} extra={words.skillsHint}>
        <Select mode="tags" options={skills.map((value) => ({ value, label: value }))} />
      </Form.Item>
    </>
  )
}
