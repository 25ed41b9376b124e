import { Image } from 'antd'
import type { FileView } from '../api/types'
import { useWords } from '../words/language'
import { kitWords } from './words'

/** Pictures in a viewer that pages through them; voice and video are played in place. */
export function Photos({ files }: { readonly files: readonly FileView[] }) {
  const words = useWords(kitWords)
  if (files.length === 0) return null
  const here = files.filter(({ gone }) => !gone)
  const gone = files.length - here.length
  const pictures = here.filter(({ kind }) => kind === 'image')
  return (
    <div className="photos">
      {pictures.length === 0 ? null : (
        <Image.PreviewGroup>
          {pictures.map((file, index) => (
            <Image
              key={file.fileId}
              width={88}
              height={88}
              src={file.thumbUrl ?? file.url}
              preview={{ src: file.url }}
              alt={words.upload.picture(index + 1)}
              className={file.hidden ? 'photo held' : 'photo'}
            />
          ))}
        </Image.PreviewGroup>
      )}
      {gone === 0 ? null : <p className="quiet">{words.filesGone(gone)}</p>}
      {here.map((file) => (
        <Recording key={file.fileId} file={file} />
      ))}
    </div>
  )
}

function Recording({ file }: { readonly file: FileView }) {
  // Residents' recordings have no captions, and nobody but the agent listens to them.
  if (file.kind === 'voice') return <audio controls preload="none" src={file.url} />
  if (file.kind === 'video') return <video controls preload="none" width={240} src={file.url} />
  return null
}
