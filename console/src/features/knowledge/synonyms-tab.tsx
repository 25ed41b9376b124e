import { Button, Form, Select } from 'antd'
import { useState } from 'react'
import type { Company, Output } from '../../api/types'
import { Failed, Loaded } from '../../kit/loaded'
import { useMay } from '../../kit/me-context'
import { useSay } from '../../kit/use-done'
import { kitWords } from '../../kit/words'
import { useWords } from '../../words/language'
import { useSaveSynonyms, useSynonyms } from './api'
import { knowledgeWords } from './words'

type List = Output<'knowledge.synonyms'>['lists'][number]

interface SynonymsTabProps {
  readonly companies: readonly Company[]
}

/** Words that mean the same in a search. */
export function SynonymsTab({ companies }: SynonymsTabProps) {
  const words = useWords(knowledgeWords)
  const kit = useWords(kitWords)
  const may = useMay()
  const all = useSynonyms()
  const [editing, setEditing] = useState<List | null>(null)
  const maySave = may('knowledge.saveSynonyms')
  const isNew = editing !== null && editing.id === null
  return (
    <>
      <div className="pane-line gap-below">
        <p className="quiet">{words.synonymsText}</p>
        {maySave ? (
          <Button onClick={() => setEditing({ id: null, companyId: null, words: [] })}>
            {words.addSynonyms}
          </Button>
        ) : null}
      </div>
      {isNew ? <SynonymsForm list={editing} companies={companies} onEnd={() => setEditing(null)} /> : null}
      <Loaded query={all} rows={8}>
        {({ lists }) => (
          <ul className="synonyms">
            {lists.map((list) => (
              <li key={list.id ?? list.words.join()} className="card">
                {editing !== null && editing.id !== null && editing.id === list.id ? (
                  <SynonymsForm list={list} companies={companies} onEnd={() => setEditing(null)} />
                ) : (
                  <div className="pane-line">
                    <span>
                      {list.words.join('、')}{' '}
                      <span className="quiet">
                        {list.id === null
                          ? words.shipped
                          : (companies.find(({ id }) => id === list.companyId)?.name ?? words.allCompanies)}
                      </span>
                    </span>
                    {list.id !== null && maySave ? (
                      <Button
                        size="small"
                        aria-label={`${kit.edit} ${list.words.join('、')}`}
                        onClick={() => setEditing(list)}
                      >
                        {kit.edit}
                      </Button>
                    ) : null}
                  </div>
                )}
              </li>
            ))}
          </ul>
        )}
      </Loaded>
    </>
  )
}

interface SynonymsFormProps extends SynonymsTabProps {
  readonly list: List
  readonly onEnd: () => void
}

function SynonymsForm({ list, companies, onEnd }: SynonymsFormProps) {
  const words = useWords(knowledgeWords)
  const kit = useWords(kitWords)
  const { done } = useSay()
  const save = useSaveSynonyms()
  const [said, setSaid] = useState(list.words)
  const [companyId, setCompanyId] = useState(list.companyId)
  const put = (next: string[], then: string): void =>
    save.mutate(
      { synonymId: list.id, companyId, words: next },
      {
        onSuccess: () => {
          done(then)
          onEnd()
        },
      },
    )
  return (
    <Form layout="vertical" component="div" className="synonyms-form">
      {save.error ? <Failed error={save.error} /> : null}
      <Select
        mode="tags"
        aria-label={words.synonymsHint}
        placeholder={words.synonymsHint}
        maxCount={12}
        tokenSeparators={['、', '，', ',', ' ']}
        value={said}
        onChange={setSaid}
        open={false}
      />
      <Select
        aria-label={words.company}
        allowClear
        placeholder={words.allCompanies}
        value={companyId}
        options={companies.map(({ id, name }) => ({ value: id, label: name }))}
        onChange={(id: string | null | undefined) => setCompanyId(id ?? null)}
      />
      <div className="row-actions">
        <Button
          type="primary"
          size="small"
          disabled={said.length < 2}
          loading={save.isPending}
          onClick={() => put(said, words.saved)}
        >
          {kit.save}
        </Button>
        <Button size="small" onClick={onEnd}>
          {kit.cancel}
        </Button>
        {list.id === null ? null : (
          <Button danger size="small" onClick={() => put([], words.removed)}>
            {words.remove}
          </Button>
        )}
      </div>
    </Form>
  )
}
