import { DownOutlined, PlusOutlined, UpOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import type { CatalogueBody } from '../../api/types'
import { kitWords } from '../../kit/words'
import { useWords } from '../../words/language'
import { catalogueWords } from './words'

interface TypeListProps {
  readonly body: CatalogueBody
  /** The id of a type, or null for the company's settings. */
  readonly chosen: string | null
  readonly disabled: boolean
  readonly onChoose: (id: string | null) => void
  readonly onMove: (id: string, by: 1 | -1) => void
  readonly onAdd: () => void
}

export function TypeList({ body, chosen, disabled, onChoose, onMove, onAdd }: TypeListProps) {
  const words = useWords(catalogueWords)
  const kit = useWords(kitWords)
  const last = body.types.length - 1
  return (
    <nav className="type-list" aria-label={words.types}>
      <button
        type="button"
        className={chosen === null ? 'type-row on' : 'type-row'}
        aria-current={chosen === null}
        onClick={() => onChoose(null)}
      >
        {words.general}
      </button>
      {body.types.map((type, index) => (
        <div key={type.id} className="type-line">
          <button
            type="button"
            className={type.id === chosen ? 'type-row on' : 'type-row'}
            aria-current={type.id === chosen}
            onClick={() => onChoose(type.id)}
          >
            <span className="ellipsis">{type.name}</span>{' '}
            <span className="quiet small">{kit.class[type.class]}</span>
          </button>
          {type.id === chosen && !disabled ? (
            <>
              <Button
                size="small"
                type="text"
                disabled={index === 0}
                icon={<UpOutlined aria-hidden />}
                aria-label={`${words.up} ${type.name}`}
                onClick={() => onMove(type.id, -1)}
              />
              <Button
                size="small"
                type="text"
                disabled={index === last}
                icon={<DownOutlined aria-hidden />}
                aria-label={`${words.down} ${type.name}`}
                onClick={() => onMove(type.id, 1)}
              />
            </>
          ) : null}
        </div>
      ))}
      <Button
        icon={<PlusOutlined aria-hidden />}
        disabled={disabled || body.types.length >= 20}
        onClick={onAdd}
      >
        {words.addType}
      </Button>
    </nav>
  )
}
