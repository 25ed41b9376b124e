import { PlusOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useState } from 'react'
import type { Company, ReplyTemplate } from '../../api/types'
import { useCompanies } from '../../kit/companies'
import { type ListColumn, ListTable } from '../../kit/list-table'
import { Loaded } from '../../kit/loaded'
import { useMay, useMe } from '../../kit/me-context'
import { Page } from '../../kit/page'
import { kitWords } from '../../kit/words'
import { useWords } from '../../words/language'
import { useReplies } from './api/list-replies'
import { ReplyDialog } from './reply-dialog'
import { replyWords } from './words'

export function RepliesPage() {
  const words = useWords(replyWords)
  const may = useMay()
  const companies = useCompanies(useMe())
  const replies = useReplies()
  const [editing, setEditing] = useState<ReplyTemplate | 'new' | null>(null)
  const maySave = may('replies.save')
  return (
    <Page
      title={words.title}
      actions={
        maySave ? (
          <Button type="primary" icon={<PlusOutlined aria-hidden />} onClick={() => setEditing('new')}>
            {words.new}
          </Button>
        ) : null
      }
    >
      <Loaded query={replies} empty={{ when: ({ templates }) => templates.length === 0, words: words.empty }}>
        {({ templates }) => (
          <ReplyTable templates={templates} companies={companies} onEdit={maySave ? setEditing : null} />
        )}
      </Loaded>
      {editing === null ? null : (
        <ReplyDialog
          template={editing === 'new' ? null : editing}
          companies={companies}
          variables={replies.data?.variables ?? []}
          onClose={() => setEditing(null)}
        />
      )}
    </Page>
  )
}

interface ReplyTableProps {
  readonly templates: readonly ReplyTemplate[]
  readonly companies: readonly Company[]
  readonly onEdit: ((template: ReplyTemplate) => void) | null
}

function ReplyTable({ templates, companies, onEdit }: ReplyTableProps) {
  const words = useWords(replyWords)
  const kit = useWords(kitWords)
  const columns: readonly ListColumn<ReplyTemplate>[] = [
    { key: 'title', always: true, title: words.name, width: 180, text: ({ title }) => title },
    { key: 'text', title: words.text, width: 560, text: ({ text }) => text },
    {
      key: 'company',
      title: kit.company,
      width: 140,
      text: ({ companyId }) => companies.find(({ id }) => id === companyId)?.name ?? words.allCompanies,
    },
  ]
  const edit = (template: ReplyTemplate) => (
    <Button size="small" onClick={() => onEdit?.(template)} aria-label={`${kit.edit} ${template.title}`}>
      {kit.edit}
    </Button>
  )
  return (
    <ListTable<ReplyTemplate>
      name="replies"
      label={words.title}
      rowKey="id"
      rows={templates}
      columns={columns}
      acts={onEdit === null ? undefined : { title: kit.edit, width: 90, render: edit }}
    />
  )
}
