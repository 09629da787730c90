/** Colours by their role, for light and dark. A unit test holds every pair that is used to the contrast of WCAG 2.2 AAA. */

export const LIGHT = {
  page: "#faf6ef",
  card: "#ffffff",
  raised: "#f2ece1",
  ink: "#1c2926",
  soft: "#3e4b47",
  line: "#ded6c8",
  edge: "#80796c",
  accent: "#174f44",
  "on-accent": "#ffffff",
  "accent-soft": "#e2eee8",
  mine: "#d9e9e1",
  sun: "#e59a45",
  "danger-fill": "#a11a20",
  "danger-ink": "#98151b",
  "danger-soft": "#fdeeec",
  "urgent-fill": "#8a4100",
  "urgent-ink": "#7f3c00",
  "urgent-soft": "#fdf1e3",
  "doctor-fill": "#1a4d83",
  "on-level": "#ffffff",
  "doctor-soft": "#eaf1fa",
} as const;

export type Token = keyof typeof LIGHT;

export const DARK: Readonly<Record<Token, string>> = {
  page: "#121a18",
  card: "#1b2523",
  raised: "#24302d",
  ink: "#eef1ea",
  soft: "#c0cdc6",
  line: "#34423d",
  edge: "#7f8f88",
  accent: "#8ed4bd",
  "on-accent": "#08211a",
  "accent-soft": "#20392f",
  mine: "#23453a",
  sun: "#f0b062",
  "danger-fill": "#f58d86",
  "danger-ink": "#ffa9a2",
  "danger-soft": "#3a1b1b",
  "urgent-fill": "#f0a65c",
  "urgent-ink": "#ffb877",
  "urgent-soft": "#35240f",
  "doctor-fill": "#8fbcf0",
  "on-level": "#1a0f0d",
  "doctor-soft": "#17283b",
};

/** Pairs of text and what lies behind it (7 to 1). */
export const TEXT_PAIRS: readonly (readonly [Token, Token])[] = [
  ...(["page", "card", "raised", "mine", "accent-soft"] as const).map((back) => ["ink", back] as const),
  ...(["page", "card", "raised", "accent-soft", "danger-soft", "urgent-soft", "doctor-soft"] as const).map(
    (back) => ["soft", back] as const,
  ),
  ...(["page", "card", "raised", "accent-soft"] as const).map((back) => ["accent", back] as const),
  ...(["danger", "urgent", "doctor"] as const).flatMap((level) => [
    ["on-level", `${level}-fill`] as const,
    ["ink", `${level}-soft`] as const,
    ["accent", `${level}-soft`] as const,
  ]),
  ["danger-ink", "danger-soft"],
  ["danger-ink", "raised"],
  ["danger-ink", "card"],
  ["urgent-ink", "urgent-soft"],
  ["on-accent", "accent"],
];

/** Pairs of a line that carries meaning and what lies behind it (3 to 1). */
export const LINE_PAIRS: readonly (readonly [Token, Token])[] = [
  ["edge", "page"],
  ["edge", "card"],
  ["edge", "raised"],
  ["accent", "page"],
  ["danger-fill", "page"],
  ["danger-fill", "card"],
  ["urgent-fill", "card"],
  ["doctor-fill", "card"],
];

/** Declarations of every colour; a host may set any as --stridewell-<name>, and --stridewell-dark-<name>. */
export function declarations(tokens: Readonly<Record<string, string>>, prefix: string): string {
  return Object.entries(tokens)
    .map(([name, value]) => `--${name}:var(--stridewell-${prefix}${name},${value});`)
    .join("");
}
