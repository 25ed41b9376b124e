import { View } from '@tarojs/components'
import { useEffect, useState } from 'react'
import { read } from '../api/client'
import { Photo } from '../platform/photo'
import { upload as platform } from '../platform/upload'
import type { Picked } from '../platform/types'
import { fetchFile } from '../state/local-file'
import { percent } from '../upload/plan'
import type { Attachment } from '../upload/queue'
import type { Uploads } from '../upload/use-uploads'
import { classes, fail, Icon, type IconName, succeed } from '../ui'
import { words } from '../words'
import { VoiceButton } from './voice-button'

export const mostPhotos = 6
const mostVideoSeconds = 30

interface AttachmentsProps {
  uploads: Uploads
  /** Photos alone, or a voice note and a video beside them. */
  photosOnly?: boolean
  noPhotos?: boolean
  /** So many photos; six unless said. */
  most?: number
  error?: string | null
}

function stateWords({ upload }: Attachment): string {
  if (upload.state === 'ready') return words.files.ready
  if (upload.state === 'broken') return words.files.broken
  if (upload.state === 'refused') return upload.reason ?? words.files.gone
  if (upload.state === 'checking') return words.files.checking
  return words.files.sending(percent(upload))
}

const icons: Record<Attachment['kind'], IconName> = { image: 'image', voice: 'voice', video: 'video' }

/** Where the phone's own file is gone, as after closing the app, the server's small picture of it stands in. */
function useStandIn({ upload, kind }: Attachment, wanted: boolean): string | null {
  const [path, setPath] = useState<string | null>(null)
  const fileId = upload.state === 'ready' && kind === 'image' && wanted ? upload.fileId : null
  useEffect(() => {
    if (fileId === null) return
    read('files.state', { fileId })
      .then(({ file }) => (file ? fetchFile(`${fileId}.thumb`, file.thumbUrl ?? file.url) : null))
      .then(setPath, () => setPath(null))
  }, [fileId])
  return path
}

/** One chosen file: what it is, how far it has come, and the two things that can be done about it. */
function Tile({ item, uploads }: { item: Attachment; uploads: Uploads }) {
  const { upload, kind, path, durationMs } = item
  const [broken, setBroken] = useState(false)
  const standIn = useStandIn(item, broken)
  const own = kind === 'image' && !broken && upload.state !== 'refused' ? path : null
  const shown = own ?? standIn
  const label = kind === 'voice' ? words.files.voice(Math.round((durationMs ?? 0) / 1000)) : null
  const retry = () => {
    if (upload.state === 'broken') uploads.queue.retry(item.key)
  }
  return (
    <View className={classes('file-tile', 'file-sent', upload.state)} onClick={retry}>
      {shown !== null ? (
        <Photo
          className="file-picture"
          src={shown}
          label={words.files.image}
          onError={() => setBroken(true)}
        />
      ) : (
        <Icon name={icons[kind]} />
      )}
      {label ? <View className="t-3">{label}</View> : null}
      <View className="file-state" {...(upload.state === 'broken' ? { role: 'button' } : {})}>
        {stateWords(item)}
      </View>
      <View
        className="file-remove"
        role="button"
        ariaLabel={words.files.remove}
        onClick={(event) => {
          event.stopPropagation()
          uploads.remove(item)
        }}
      >
        <View className="file-dot">
          <Icon name="close" />
        </View>
      </View>
    </View>
  )
}

const AddTile = ({
  id,
  icon,
  text,
  onClick,
}: {
  id: string
  icon: IconName
  text: string
  onClick(): void
}) => (
  <View id={id} className="file-tile file-add" role="button" hoverClass="row-pressed" onClick={onClick}>
    <Icon name={icon} />
    <View>{text}</View>
  </View>
)

/** Up to six photos, one voice note and one video; each is on its way as soon as it was chosen. */
export function Attachments({ uploads, photosOnly, noPhotos, most = mostPhotos, error }: AttachmentsProps) {
  const { items, queue } = uploads
  const count = (kind: Attachment['kind']) => items.filter((item) => item.kind === kind).length
  const photosLeft = most - count('image')
  const addPhotos = () => {
    platform.pickImages(photosLeft).then((files) => queue.add(files), fail)
  }
  const addVideo = async () => {
    const file = await platform.pickVideo(mostVideoSeconds)
    if (file === null) return
    if ((file.durationMs ?? 0) > (mostVideoSeconds + 1) * 1000)
      return succeed(words.files.videoTooLong(mostVideoSeconds))
    queue.add([file])
  }
  const addVoice = (file: Picked) => queue.add([file])
  return (
    <View>
      <View className="files" id="attachments">
        {items.map((item) => (
          <Tile key={item.key} item={item} uploads={uploads} />
        ))}
        {photosLeft > 0 && !noPhotos ? (
          <AddTile id="add-photo" icon="plus" text={words.files.addPhoto} onClick={addPhotos} />
        ) : null}
        {photosOnly || count('video') > 0 ? null : (
          <AddTile
            id="add-video"
            icon="video"
            text={words.files.addVideo}
            onClick={() => {
              addVideo().catch(fail)
            }}
          />
        )}
        {photosOnly || count('voice') > 0 ? null : <VoiceButton onRecorded={addVoice} />}
      </View>
      {error ? <View className="field-error">{error}</View> : null}
    </View>
  )
}
