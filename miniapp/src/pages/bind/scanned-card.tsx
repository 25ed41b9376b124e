import { View } from '@tarojs/components'
import { Card, Icon, KindBadge, Row } from '../../ui'
import { words } from '../../words'
import type { ScannedHome } from './scanned-home'

/** The household of a scanned code: nothing is left to be typed but the second proof. */
export const ScannedCard = ({ home, onOther }: { home: ScannedHome; onOther(): void }) => (
  <Card list id="bind-scanned">
    <Row
      lead={<KindBadge kind={home.page.kind} />}
      title={home.page.addressMasked}
      note={`${home.page.companyName} · ${words.bind.accountNo} ${home.page.accountNoMasked}`}
      side={<View className="t-3">{words.bind.byCode}</View>}
    />
    <Row id="bind-by-number" lead={<Icon name="refresh" />} title={words.bind.byNumber} onClick={onOther} />
  </Card>
)
