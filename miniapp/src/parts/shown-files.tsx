import { Video, View } from '@tarojs/components'
import Taro from '@tarojs/taro'
import { useEffect, useRef, useState } from 'react'
import type { FileView } from '../api/types'
import { Photo } from '../platform/photo'
import { fetchFile, useLocalFile } from '../state/local-file'
import { Icon, Sheet, succeed } from '../ui'
import { words } from '../words'

const seconds = (file: FileView): number => Math.max(1, Math.round((file.durationMs ?? 0) / 1000))

/** Photos large, over the page; the other photos of the same step are a stroke away. */
async function openPhotos(files: readonly FileView[], first: FileView): Promise<void> {
  const photos = files.filter((file) => file.kind === 'image')
  try {
    const paths = await Promise.all(photos.map((file) => fetchFile(`${file.fileId}.large`, file.url)))
    const current = paths[photos.indexOf(first)] ?? paths[0]
    if (current !== undefined) await Taro.previewImage({ urls: paths, current })
  } catch {
    succeed(words.files.notShown)
  }
}

function PhotoTile({ file, onOpen }: { file: FileView; onOpen(): void }) {
  const { path, failed, again } = useLocalFile(`${file.fileId}.thumb`, file.thumbUrl ?? file.url)
  if (path !== null) {
    return <Photo className="file-tile" src={path} label={words.files.image} onClick={onOpen} />
  }
  return (
    <View className="file-tile file-plain" role="button" onClick={failed ? again : onOpen}>
      <Icon name={failed ? 'refresh' : 'image'} />
      {failed ? <View className="t-3">{file.hidden ? words.files.hidden : words.files.notShown}</View> : null}
    </View>
  )
}

/** Plays and stops; leaving the page stops it too. */
function Voice({ file }: { file: FileView }) {
  const player = useRef<Taro.InnerAudioContext | null>(null)
  const [playing, setPlaying] = useState(false)
  useEffect(() => () => player.current?.destroy(), [])
  const stop = () => {
    player.current?.destroy()
    player.current = null
    setPlaying(false)
  }
  const play = async () => {
    if (playing) return stop()
    try {
      const audio = Taro.createInnerAudioContext()
      audio.src = await fetchFile(file.fileId, file.url)
      audio.onEnded(stop)
      audio.onError(stop)
      player.current = audio
      setPlaying(true)
      audio.play()
    } catch {
      succeed(words.files.notShown)
    }
  }
  return (
    <View className="file-line" role="button" hoverClass="row-pressed" onClick={() => void play()}>
      <Icon name={playing ? 'close' : 'play'} />
      {words.files.voice(seconds(file))}
    </View>
  )
}

function Film({ file }: { file: FileView }) {
  const [path, setPath] = useState<string | null>(null)
  const open = () => {
    fetchFile(file.fileId, file.url).then(setPath, () => succeed(words.files.notShown))
  }
  return (
    <>
      <View className="file-line" role="button" hoverClass="row-pressed" onClick={open}>
        <Icon name="video" />
        {words.files.video}
      </View>
      {path === null ? null : (
        <Sheet title={words.files.video} onClose={() => setPath(null)}>
          <Video className="file-film" src={path} autoplay showFullscreenBtn />
        </Sheet>
      )}
    </>
  )
}

/**
 * What somebody attached: photos as small pictures, voice and video as a line to play; of those whose time is over,
 * that they were there.
 */
export function ShownFiles({ files }: { files: readonly FileView[] }) {
  if (files.length === 0) return null
  const here = files.filter((file) => !file.gone)
  const gone = files.length - here.length
  return (
    <View className="files">
      {here.map((file) => {
        if (file.kind === 'voice') return <Voice key={file.fileId} file={file} />
        if (file.kind === 'video') return <Film key={file.fileId} file={file} />
        return <PhotoTile key={file.fileId} file={file} onOpen={() => void openPhotos(here, file)} />
      })}
      {gone === 0 ? null : <View className="t-3">{words.files.deleted(gone)}</View>}
    </View>
  )
}
