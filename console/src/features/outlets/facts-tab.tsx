import { PlusOutlined } from '@ant-design/icons'
import { Button, Space } from 'antd'
import { useState } from 'react'
import type { Company } from '../../api/types'
import { useCompanies } from '../../kit/companies'
import { timeOf } from '../../kit/format'
import { type ListColumn, ListTable } from '../../kit/list-table'
import { Nothing } from '../../kit/loaded'
import { useMe } from '../../kit/me-context'
import { kitWords } from '../../kit/words'
import { useWords } from '../../words/language'
import type { DeskOutlet } from './api'
import { OutletDrawer } from './outlet-drawer'
import { PasteDialog } from './paste-dialog'
import { outletWords } from './words'

/** Every outlet of my companies, as residents read it. */
export function FactsTab({ outlets }: { readonly outlets: readonly DeskOutlet[] }) {
  const words = useWords(outletWords)
  const kit = useWords(kitWords)
  const companies = useCompanies(useMe())
  const [editing, setEditing] = useState<DeskOutlet | 'new' | null>(null)
  const [pasting, setPasting] = useState(false)
  const columns = useColumns(companies)
  const edit = (outlet: DeskOutlet) => (
    <Button size="small" aria-label={words.edit(outlet.name)} onClick={() => setEditing(outlet)}>
      {kit.edit}
    </Button>
  )
  return (
    <>
      <Space wrap style={{ marginBottom: 16 }}>
        <Button type="primary" icon={<PlusOutlined aria-hidden />} onClick={() => setEditing('new')}>
          {words.new}
        </Button>
        <Button onClick={() => setPasting(true)}>{words.paste}</Button>
      </Space>
      {outlets.length === 0 ? (
        <Nothing>{words.none}</Nothing>
      ) : (
        <ListTable<DeskOutlet>
          name="outlets"
          label={words.title}
          rowKey="id"
          rows={outlets}
          columns={columns}
          acts={{ title: kit.edit, width: 90, render: edit }}
        />
      )}
      {editing === null ? null : (
        <OutletDrawer
          outlet={editing === 'new' ? null : editing}
          companies={companies}
          onClose={() => setEditing(null)}
        />
      )}
      {pasting ? <PasteDialog companies={companies} onClose={() => setPasting(false)} /> : null}
    </>
  )
}

function useColumns(companies: readonly Company[]): readonly ListColumn<DeskOutlet>[] {
  const words = useWords(outletWords)
  const kit = useWords(kitWords)
  return [
    {
      key: 'name',
      always: true,
      title: words.name,
      width: 180,
      text: ({ name }) => name,
      render: ({ name, state }) => (
        <>
          <b>{name}</b> {state === 'closed' ? <span className="tone-warn">{words.closed}</span> : null}
        </>
      ),
    },
    {
      key: 'company',
      title: kit.company,
      width: 140,
      text: ({ companyId }) => companies.find(({ id }) => id === companyId)?.name ?? companyId,
    },
    { key: 'address', title: words.address, width: 260, text: ({ address }) => address },
    { key: 'phone', title: words.phone, width: 120, className: 'num', text: ({ phone }) => phone },
    { key: 'services', title: words.services, width: 220, text: ({ services }) => services.join('、') },
    {
      key: 'updated',
      title: words.updated,
      width: 160,
      className: 'num',
      text: ({ updatedAt }) => timeOf(updatedAt),
    },
  ]
}
