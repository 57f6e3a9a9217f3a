// Every color, size and space of the page, once. Ant Design takes them as
// tokens, style sheets as custom properties (applyTheme), nothing else defines any.
import type { ThemeConfig } from 'antd'

const sans =
  '"PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", system-ui, sans-serif'
const serif =
  '"Songti SC", "STSong", "SimSun", "Noto Serif CJK SC", "Noto Serif SC", "Source Han Serif SC", serif'
const mono = 'ui-monospace, "SF Mono", "Cascadia Mono", "DejaVu Sans Mono", Consolas, monospace'

const palette = {
  ink: '#1b2430', // text
  'ink-soft': '#465261', // second text, 7.9:1 on paper
  'ink-faint': '#626d7b', // third text, 5.2:1 on paper
  paper: '#ffffff',
  ground: '#f4f5f7', // behind the paper
  'paper-quiet': '#f9fafb', // a quieter part of the paper
  rule: '#d5dae1',
  'rule-soft': '#e7eaee',
  accent: '#1f4b82',
  'accent-strong': '#173a66',
  'accent-wash': '#eaf0f7',
  'in-time': '#1c6b43',
  'in-time-wash': '#e8f3ec',
  'due-soon': '#8a5300',
  'due-soon-wash': '#fdf3e1',
  overdue: '#a8221b',
  'overdue-wash': '#fcecea',
  letterhead: '#c3161c', // the red head of an official paper, and nothing else
} as const

const sizes = {
  'font-sans': sans,
  'font-serif': serif,
  'font-mono': mono,
  'text-small': '12px',
  text: '14px',
  'text-large': '16px',
  'text-title': '20px',
  'text-display': '26px',
  'space-1': '4px',
  'space-2': '8px',
  'space-3': '12px',
  'space-4': '16px',
  'space-5': '24px',
  'space-6': '32px',
  radius: '4px',
  'bar-height': '52px',
} as const

/** Puts the palette and sizes on the document, for the style sheets. */
export function applyTheme(root: HTMLElement = document.documentElement): void {
  for (const [name, value] of Object.entries({ ...palette, ...sizes })) {
    root.style.setProperty(`--${name}`, value)
  }
}

const still = window.matchMedia('(prefers-reduced-motion: reduce)').matches

export const theme: ThemeConfig = {
  token: {
    motion: !still,
    colorPrimary: palette.accent,
    colorInfo: palette.accent,
    colorLink: palette.accent,
    colorLinkHover: palette['accent-strong'],
    colorSuccess: palette['in-time'],
    colorWarning: palette['due-soon'],
    colorError: palette.overdue,
    colorInfoBg: palette['accent-wash'],
    colorInfoBorder: palette.accent,
    colorSuccessBg: palette['in-time-wash'],
    colorSuccessBorder: palette['in-time'],
    colorWarningBg: palette['due-soon-wash'],
    colorWarningBorder: palette['due-soon'],
    colorErrorBg: palette['overdue-wash'],
    colorErrorBorder: palette.overdue,
    colorTextBase: palette.ink,
    colorText: palette.ink,
    colorTextSecondary: palette['ink-soft'],
    colorTextTertiary: palette['ink-faint'],
    colorTextDescription: palette['ink-soft'],
    colorTextPlaceholder: palette['ink-faint'],
    colorTextDisabled: palette['ink-faint'],
    colorBgLayout: palette.ground,
    colorBorder: '#b4bcc7',
    colorBorderSecondary: palette.rule,
    borderRadius: 4,
    fontFamily: sans,
    fontFamilyCode: mono,
    fontSize: 14,
    lineHeight: 1.6,
    controlHeight: 34,
    motionDurationMid: '0.12s',
    motionDurationSlow: '0.16s',
    wireframe: false,
  },
  components: {
    Button: { primaryShadow: 'none', defaultShadow: 'none', dangerShadow: 'none' },
    Form: { itemMarginBottom: 20, verticalLabelPadding: '0 0 4px' },
    Drawer: { paddingLG: 20 },
    Tabs: { horizontalItemPadding: '10px 0', horizontalMargin: '0' },
  },
}
