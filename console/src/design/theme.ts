import type { ThemeConfig } from 'antd'
import { palette, pressed, variablesFor } from './palette'

// Named first: `system-ui` and its aliases give Chinese punctuation the width of another font on Linux.
const fonts =
  '"PingFang SC", "HarmonyOS Sans SC", "Noto Sans CJK SC", "Noto Sans SC", "Microsoft YaHei", sans-serif'

/** antd's tokens, from the palette and one accent; components differ from antd's own look only here. */
export function themeFor(accent: string): ThemeConfig {
  return {
    token: {
      colorPrimary: accent,
      colorPrimaryHover: pressed(accent, 0.12),
      colorPrimaryActive: pressed(accent, 0.25),
      colorLink: accent,
      colorLinkHover: pressed(accent, 0.12),
      colorInfo: accent,
      colorSuccess: palette.ok,
      colorWarning: palette.warn,
      colorError: palette.bad,
      colorSuccessBg: palette.okSoft,
      colorSuccessBorder: palette.okLine,
      colorWarningBg: palette.warnSoft,
      colorWarningBorder: palette.warnLine,
      colorErrorBg: palette.badSoft,
      colorErrorBorder: palette.badLine,
      colorText: palette.ink,
      colorTextSecondary: palette.ink2,
      colorTextTertiary: palette.ink3,
      colorTextDescription: palette.ink3,
      colorTextPlaceholder: palette.ink3,
      colorTextQuaternary: palette.ink3,
      colorBorder: palette.edge,
      colorBorderSecondary: palette.line,
      colorBgLayout: palette.bg,
      borderRadius: 8,
      fontSize: 14,
      fontFamily: fonts,
      motionDurationMid: '0.15s',
      motionDurationSlow: '0.2s',
      wireframe: false,
    },
    components: {
      Table: { headerBg: palette.ground, headerColor: palette.ink2, cellPaddingBlockMD: 9 },
      Tabs: { horizontalMargin: '0', titleFontSize: 14 },
      Form: { itemMarginBottom: 16, verticalLabelPadding: '0 0 4px' },
      Tag: { defaultBg: palette.bg, defaultColor: palette.ink2 },
    },
  }
}

/** Puts the palette on the page, so that style sheets need no colour of their own. */
export function applyPalette(accent: string): void {
  for (const [name, value] of Object.entries(variablesFor(accent)))
    document.documentElement.style.setProperty(name, value)
}
