import { CloseOutlined, PictureOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useRef } from 'react'
import { useWords } from '../words/language'
import type { Upload, Uploads } from './use-uploads'
import { kitWords } from './words'

/** Pictures beside a text that is being written: chosen, or pasted into the text. */
export function UploadStrip({ uploads }: { readonly uploads: Uploads }) {
  const words = useWords(kitWords)
  const input = useRef<HTMLInputElement>(null)
  return (
    <div className="uploads">
      {uploads.items.map((item, index) => (
        <Tile key={item.key} item={item} index={index + 1} uploads={uploads} />
      ))}
      <input
        ref={input}
        type="file"
        accept="image/*"
        multiple
        // antd's forms show file fields whatever their `hidden` says.
        style={{ display: 'none' }}
        aria-label={words.upload.add}
        onChange={(event) => {
          uploads.add(event.target.files ?? [])
          event.target.value = ''
        }}
      />
      <Button
        size="small"
        icon={<PictureOutlined aria-hidden />}
        disabled={uploads.full}
        title={words.upload.hint}
        onClick={() => input.current?.click()}
      >
        {words.upload.add}
      </Button>
    </div>
  )
}

interface TileProps {
  readonly item: Upload
  readonly index: number
  readonly uploads: Uploads
}

function Tile({ item, index, uploads }: TileProps) {
  const words = useWords(kitWords)
  const said = {
    sending: words.upload.uploading(Math.round(item.share * 100)),
    processing: words.upload.processing,
    ready: '',
    refused: item.why ?? words.upload.refused,
    failed: words.offline,
  }[item.state]
  return (
    <figure className="upload">
      <img src={item.previewUrl} alt={words.upload.picture(index)} />
      {said === '' ? null : (
        <figcaption className={item.state === 'refused' || item.state === 'failed' ? 'tone-bad' : ''}>
          {said}
        </figcaption>
      )}
      {item.state === 'failed' ? (
        <Button size="small" type="link" onClick={() => uploads.again(item.key)}>
          {words.upload.again}
        </Button>
      ) : null}
      <Button
        size="small"
        type="text"
        className="upload-remove"
        icon={<CloseOutlined aria-hidden />}
        aria-label={`${words.remove} ${words.upload.picture(index)}`}
        onClick={() => uploads.remove(item.key)}
      />
    </figure>
  )
}

/** Screenshots are pasted where one writes. */
export const pastedFiles = (event: React.ClipboardEvent): File[] =>
  [...event.clipboardData.files].filter(({ type }) => type.startsWith('image/'))
