import { Radio } from 'antd'
import type { ResidentType, ServiceClass } from '../../../api/types'
import { kitWords } from '../../../kit/words'
import { useWords } from '../../../words/language'
import { createWords } from './words'

interface TypeChoiceProps {
  readonly classes: readonly { readonly id: ServiceClass; readonly name: string }[]
  readonly types: readonly ResidentType[]
  readonly chosen: ResidentType | null
  readonly onChoose: (type: ResidentType) => void
}

/** Every type at one look, by class: an agent on the telephone does not open menus. */
export function TypeChoice({ classes, types, chosen, onChoose }: TypeChoiceProps) {
  const words = useWords(createWords)
  const kit = useWords(kitWords)
  return (
    <Radio.Group
      className="type-choice"
      aria-label={words.typeHint}
      value={chosen?.id ?? null}
      onChange={(event) => {
        const type = types.find(({ id }) => id === event.target.value)
        if (type) onChoose(type)
      }}
    >
      {classes.map(({ id }) => (
        <div key={id} className="type-class">
          <span className="quiet">{kit.class[id]}</span>
          <div>
            {types
              .filter((type) => type.class === id)
              .map((type) => (
                <Radio.Button key={type.id} value={type.id} title={type.hint}>
                  {type.name}
                </Radio.Button>
              ))}
          </div>
        </div>
      ))}
    </Radio.Group>
  )
}
