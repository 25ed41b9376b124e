import { Image, View } from '@tarojs/components'
import { ShareButton } from '../platform/share-button'
import { Button, Card, goBack, succeed } from '../ui'
import type { Made } from './made'
import { said } from './words'
import './family.scss'

/** A link that was just made: the wallet's own card, the clipboard, or a picture for the telephone beside this one. */
export const HandOn = ({ made, title }: { made: Made; title: string }) => (
  <Card className="stack" id="hand-on">
    <View className="t-title">{said.share.title}</View>
    <View>{said.share.text}</View>
    <Image className="family-qr" src={made.qr} ariaLabel={said.share.qr} />
    <ShareButton className="btn" title={title} onCopied={() => succeed(said.share.copied)}>
      {said.share.button}
    </ShareButton>
    <Button kind="plain" id="handed-on" onClick={() => goBack()}>
      {said.share.done}
    </Button>
  </Card>
)
