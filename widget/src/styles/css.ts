/** Marks a text as a style sheet, for the editor and the build. */
export const css = String.raw;
