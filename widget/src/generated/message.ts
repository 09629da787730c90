/* Made from bot/channel/message.v1.schema.json by widget/scripts/generate.mjs. Do not edit. */

/**
 * One message from Stridewell to the person, version 1. A program that does not know a type, or meets a higher v, shows its text.
 */
export type Message =
  | TextMessage
  | AnswerMessage
  | ChoicesMessage
  | AlertMessage
  | QuestionMessage
  | ExerciseMessage
  | TableMessage
  | ChartMessage
  | PlanMessage
  | SummaryMessage
  | NoticeMessage;
export type Topic = string;
export type Unit = string;
export type Urgency = "self_care" | "see_doctor" | "urgent" | "emergency";
export type Name = string;
/**
 * Ids of the red flags behind the urgency.
 *
 * @maxItems 52
 */
export type Flags = Name[];
/**
 * @minItems 0
 * @maxItems 30
 */
export type Sources = Source[];
/**
 * Plain text, or /intent{...} that comes back word for word when the button is pressed.
 */
export type Payload = string;
/**
 * @minItems 0
 * @maxItems 6
 */
export type QuickReplies = Button[];
export type Title = string;
/**
 * @minItems 0
 * @maxItems 6
 */
export type Tools = Tool[];
/**
 * Markdown subset: paragraphs, '- ' and '1. ' lists, **bold**, *italic*, [links](https://...). Never HTML.
 */
export type Markdown = string;
export type Link = string;

/**
 * Greeting, thanks, small talk.
 */
export interface TextMessage {
  v: 1;
  /**
   * Unique; the channel gives one where an action left it out.
   */
  id: string;
  type: "text";
  /**
   * The whole message in plain words: what a screen reader announces and any other channel shows.
   */
  text: string;
  topic?: Topic;
  unit?: Unit;
  urgency?: Urgency;
  /**
   * The alert that stood was honestly taken back: the page unpins it.
   */
  stands_down?: boolean;
  flags?: Flags;
  sources?: Sources;
  evidence?: "strong" | "moderate" | "weak" | "guides_disagree" | "general_advice";
  /**
   * The day the sources were last looked at.
   */
  checked_on?: string;
  quick_replies?: QuickReplies;
  tools?: Tools;
}
export interface Source {
  id: string;
  title: string;
  publisher?: string;
  year?: number;
  url?: string;
}
export interface Button {
  title: string;
  payload: Payload;
}
/**
 * Something that the page does with a call of its own: save the file at a path, load a file and send it there, show a new phrase once, or come back with one.
 */
export interface Tool {
  kind: "save" | "load" | "phrase" | "back";
  /**
   * Below the address of the calls.
   */
  path: string;
  title: Title;
}
/**
 * The answer to a question.
 */
export interface AnswerMessage {
  v: 1;
  /**
   * Unique; the channel gives one where an action left it out.
   */
  id: string;
  type: "answer";
  /**
   * The whole message in plain words: what a screen reader announces and any other channel shows.
   */
  text: string;
  topic?: Topic;
  unit?: Unit;
  urgency?: Urgency;
  /**
   * The alert that stood was honestly taken back: the page unpins it.
   */
  stands_down?: boolean;
  flags?: Flags;
  sources?: Sources;
  evidence?: "strong" | "moderate" | "weak" | "guides_disagree" | "general_advice";
  /**
   * The day the sources were last looked at.
   */
  checked_on?: string;
  quick_replies?: QuickReplies;
  title: Title;
  body: Markdown;
  /**
   * @minItems 0
   * @maxItems 6
   */
  see_also?: Related[];
}
export interface Related {
  topic: Topic;
  title: string;
  payload: Payload;
}
/**
 * Did you mean one of these?
 */
export interface ChoicesMessage {
  v: 1;
  /**
   * Unique; the channel gives one where an action left it out.
   */
  id: string;
  type: "choices";
  /**
   * The whole message in plain words: what a screen reader announces and any other channel shows.
   */
  text: string;
  topic?: Topic;
  unit?: Unit;
  urgency?: Urgency;
  /**
   * The alert that stood was honestly taken back: the page unpins it.
   */
  stands_down?: boolean;
  flags?: Flags;
  sources?: Sources;
  evidence?: "strong" | "moderate" | "weak" | "guides_disagree" | "general_advice";
  /**
   * The day the sources were last looked at.
   */
  checked_on?: string;
  quick_replies?: QuickReplies;
  /**
   * @minItems 2
   * @maxItems 4
   */
  options: Choice[];
}
export interface Choice {
  title: string;
  topic?: Topic;
  payload: Payload;
}
/**
 * A warning sign, and what to do about it.
 */
export interface AlertMessage {
  v: 1;
  /**
   * Unique; the channel gives one where an action left it out.
   */
  id: string;
  type: "alert";
  /**
   * The whole message in plain words: what a screen reader announces and any other channel shows.
   */
  text: string;
  topic?: Topic;
  unit?: Unit;
  urgency?: Urgency;
  /**
   * The alert that stood was honestly taken back: the page unpins it.
   */
  stands_down?: boolean;
  flags?: Flags;
  sources?: Sources;
  evidence?: "strong" | "moderate" | "weak" | "guides_disagree" | "general_advice";
  /**
   * The day the sources were last looked at.
   */
  checked_on?: string;
  quick_replies?: QuickReplies;
  level: "emergency" | "urgent" | "see_doctor";
  title: Title;
  body: Markdown;
  /**
   * @minItems 0
   * @maxItems 12
   */
  actions: Action[];
  ack_payload: Payload;
}
export interface Action {
  label: string;
  url: string;
}
/**
 * One step of a screen or journey.
 */
export interface QuestionMessage {
  v: 1;
  /**
   * Unique; the channel gives one where an action left it out.
   */
  id: string;
  type: "question";
  /**
   * The whole message in plain words: what a screen reader announces and any other channel shows.
   */
  text: string;
  topic?: Topic;
  unit?: Unit;
  urgency?: Urgency;
  /**
   * The alert that stood was honestly taken back: the page unpins it.
   */
  stands_down?: boolean;
  flags?: Flags;
  sources?: Sources;
  evidence?: "strong" | "moderate" | "weak" | "guides_disagree" | "general_advice";
  /**
   * The day the sources were last looked at.
   */
  checked_on?: string;
  quick_replies?: QuickReplies;
  step: number;
  of: number;
  kind: "yes_no" | "choice" | "number" | "text";
  /**
   * @minItems 1
   * @maxItems 12
   */
  options?: Button[];
  skip_payload?: Payload;
}
/**
 * One exercise; doses are words.
 */
export interface ExerciseMessage {
  v: 1;
  /**
   * Unique; the channel gives one where an action left it out.
   */
  id: string;
  type: "exercise";
  /**
   * The whole message in plain words: what a screen reader announces and any other channel shows.
   */
  text: string;
  topic?: Topic;
  unit?: Unit;
  urgency?: Urgency;
  /**
   * The alert that stood was honestly taken back: the page unpins it.
   */
  stands_down?: boolean;
  flags?: Flags;
  sources?: Sources;
  evidence?: "strong" | "moderate" | "weak" | "guides_disagree" | "general_advice";
  /**
   * The day the sources were last looked at.
   */
  checked_on?: string;
  quick_replies?: QuickReplies;
  title: Title;
  image?: Image;
  /**
   * @minItems 1
   * @maxItems 12
   */
  steps: string[];
  dose: Dose;
  /**
   * @minItems 0
   * @maxItems 12
   */
  cautions: string[];
  easier?: string;
  harder?: string;
}
export interface Image {
  src: string;
  alt: string;
}
export interface Dose {
  sets?: string;
  reps?: string;
  hold?: string;
  how_often?: string;
  note?: string;
}
/**
 * A table; the first column heads the row.
 */
export interface TableMessage {
  v: 1;
  /**
   * Unique; the channel gives one where an action left it out.
   */
  id: string;
  type: "table";
  /**
   * The whole message in plain words: what a screen reader announces and any other channel shows.
   */
  text: string;
  topic?: Topic;
  unit?: Unit;
  urgency?: Urgency;
  /**
   * The alert that stood was honestly taken back: the page unpins it.
   */
  stands_down?: boolean;
  flags?: Flags;
  sources?: Sources;
  evidence?: "strong" | "moderate" | "weak" | "guides_disagree" | "general_advice";
  /**
   * The day the sources were last looked at.
   */
  checked_on?: string;
  quick_replies?: QuickReplies;
  caption: string;
  /**
   * @minItems 2
   * @maxItems 6
   */
  columns: Column[];
  /**
   * @minItems 1
   * @maxItems 30
   */
  rows: {
    [k: string]: string;
  }[];
}
export interface Column {
  key: string;
  label: string;
}
/**
 * Numbers over time, one panel a series.
 */
export interface ChartMessage {
  v: 1;
  /**
   * Unique; the channel gives one where an action left it out.
   */
  id: string;
  type: "chart";
  /**
   * The whole message in plain words: what a screen reader announces and any other channel shows.
   */
  text: string;
  topic?: Topic;
  unit?: Unit;
  urgency?: Urgency;
  /**
   * The alert that stood was honestly taken back: the page unpins it.
   */
  stands_down?: boolean;
  flags?: Flags;
  sources?: Sources;
  evidence?: "strong" | "moderate" | "weak" | "guides_disagree" | "general_advice";
  /**
   * The day the sources were last looked at.
   */
  checked_on?: string;
  quick_replies?: QuickReplies;
  tools?: Tools;
  title: Title;
  /**
   * @minItems 1
   * @maxItems 120
   */
  x: string[];
  /**
   * @minItems 1
   * @maxItems 3
   */
  series: Series[];
  /**
   * A few words on each of x; empty ones are left out of the table's last column.
   *
   * @minItems 0
   * @maxItems 120
   */
  notes?: string[];
}
export interface Series {
  name: string;
  unit?: string;
  max?: number;
  /**
   * @minItems 1
   * @maxItems 120
   */
  values: (number | null)[];
}
/**
 * A walking plan by weeks.
 */
export interface PlanMessage {
  v: 1;
  /**
   * Unique; the channel gives one where an action left it out.
   */
  id: string;
  type: "plan";
  /**
   * The whole message in plain words: what a screen reader announces and any other channel shows.
   */
  text: string;
  topic?: Topic;
  unit?: Unit;
  urgency?: Urgency;
  /**
   * The alert that stood was honestly taken back: the page unpins it.
   */
  stands_down?: boolean;
  flags?: Flags;
  sources?: Sources;
  evidence?: "strong" | "moderate" | "weak" | "guides_disagree" | "general_advice";
  /**
   * The day the sources were last looked at.
   */
  checked_on?: string;
  quick_replies?: QuickReplies;
  tools?: Tools;
  title: Title;
  /**
   * @minItems 1
   * @maxItems 26
   */
  weeks: Week[];
  download?: Link;
  /**
   * The time of the walks on the calendar.
   */
  clock?: string;
  /**
   * The IANA time zone of the dates and the time.
   */
  zone?: string;
}
export interface Week {
  label: string;
  /**
   * @minItems 1
   * @maxItems 7
   */
  days: Day[];
}
export interface Day {
  day: string;
  what: string;
  minutes?: number;
  /**
   * The dates of these days on the calendar.
   *
   * @minItems 1
   * @maxItems 7
   */
  dates?: string[];
}
/**
 * What to show a clinician.
 */
export interface SummaryMessage {
  v: 1;
  /**
   * Unique; the channel gives one where an action left it out.
   */
  id: string;
  type: "summary";
  /**
   * The whole message in plain words: what a screen reader announces and any other channel shows.
   */
  text: string;
  topic?: Topic;
  unit?: Unit;
  urgency?: Urgency;
  /**
   * The alert that stood was honestly taken back: the page unpins it.
   */
  stands_down?: boolean;
  flags?: Flags;
  sources?: Sources;
  evidence?: "strong" | "moderate" | "weak" | "guides_disagree" | "general_advice";
  /**
   * The day the sources were last looked at.
   */
  checked_on?: string;
  quick_replies?: QuickReplies;
  title: Title;
  /**
   * @minItems 1
   * @maxItems 20
   */
  sections: Section[];
}
export interface Section {
  heading: string;
  /**
   * @minItems 0
   * @maxItems 60
   */
  lines: string[];
}
/**
 * An honest "I can't", with what to do next.
 */
export interface NoticeMessage {
  v: 1;
  /**
   * Unique; the channel gives one where an action left it out.
   */
  id: string;
  type: "notice";
  /**
   * The whole message in plain words: what a screen reader announces and any other channel shows.
   */
  text: string;
  topic?: Topic;
  unit?: Unit;
  urgency?: Urgency;
  /**
   * The alert that stood was honestly taken back: the page unpins it.
   */
  stands_down?: boolean;
  flags?: Flags;
  sources?: Sources;
  evidence?: "strong" | "moderate" | "weak" | "guides_disagree" | "general_advice";
  /**
   * The day the sources were last looked at.
   */
  checked_on?: string;
  quick_replies?: QuickReplies;
  reason: "out_of_scope" | "unsure" | "unavailable" | "limit" | "privacy" | "language";
}
