import { View } from '@tarojs/components'
import { useEffect, useState } from 'react'
import { ShownFiles } from '../../parts/shown-files'
import { keep } from '../../platform/keep'
import { Photo } from '../../platform/photo'
import { upload } from '../../platform/upload'
import { fail, Icon } from '../../ui'
import { percent } from '../../upload/plan'
import { words } from '../../words'
import { shotsElsewhere } from '../after-steps'
import { doStep, useField } from '../store'
import type { FieldOrder, Step } from '../types'
import { said } from '../words'

const mostPhotos = 6

/** A photo as this telephone has it; after a restart it must be woken first. */
function Shot({ step }: { step: Step }) {
  const path = step.file?.path ?? ''
  const [shown, setShown] = useState(() => keep.shown(path))
  useEffect(() => {
    if (shown !== null) return
    keep.wake(path).then(
      () => setShown(keep.shown(path)),
      () => {
        // The tile shows its icon instead.
      },
    )
  }, [path, shown])
  const { upload: sent } = step.file ?? { upload: null }
  return (
    <View className="file-tile file-sent">
      {shown === null ? (
        <Icon name="image" />
      ) : (
        <Photo className="file-picture" src={shown} label={words.files.image} />
      )}
      <View className="file-state">
        {sent?.state === 'ready'
          ? words.files.ready
          : sent && sent.offset > 0
            ? words.files.sending(percent(sent))
            : said.order.waiting}
      </View>
    </View>
  )
}

interface ShotsProps {
  order: FieldOrder
  role: 'before' | 'after'
  steps: readonly Step[]
}

/** Photos of before or after the work, noted down as soon as they are chosen; a network is not needed. */
export function Shots({ order, role, steps }: ShotsProps) {
  const { requestId } = order
  const outbox = useField((state) => state.outbox)
  const elsewhere = shotsElsewhere(order, outbox, role)
  const photos = steps.filter(({ action }) => action.kind === 'photo' && action.role === role)
  const left = mostPhotos - photos.length - elsewhere.length
  const add = async () => {
    for (const picked of await upload.pickImages(left))
      await doStep(requestId, { kind: 'photo', fileId: '', role }, picked)
  }
  return (
    <View className="field-shots">
      <View className="t-2">{said.record[role]}</View>
      {elsewhere.length > 0 ? <ShownFiles files={elsewhere} /> : null}
      <View className="files">
        {photos.map((step) => (
          <Shot key={step.actionId} step={step} />
        ))}
        {left > 0 ? (
          <View
            id={`add-${role}`}
            className="file-tile file-add"
            role="button"
            hoverClass="row-pressed"
            onClick={() => {
              add().catch(fail)
            }}
          >
            <Icon name="plus" />
            <View>{words.files.addPhoto}</View>
          </View>
        ) : null}
      </View>
    </View>
  )
}
