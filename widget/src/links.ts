/** Which addresses may become a link or a picture. Everything else stays text. */

const LINKS = ["https:", "http:", "tel:", "mailto:"];

/** The address in full, or null where it is of no allowed kind. A path is read against `base`. */
export function linkAddress(value: string, base: string): string | null {
  return address(value, base, LINKS);
}

/** Pictures come from the server alone: loading one tells its host that somebody looks at it. */
export function pictureAddress(value: string, base: string): string | null {
  const found = address(value, base, ["https:", "http:"]);
  return found && new URL(found).origin === new URL(base).origin ? found : null;
}

/** A number as a tel: address: the digits as they are dialled, without the blanks that make them readable. */
export function telephone(number: string): string {
  return `tel:${number.replace(/[^+\d*#]/g, "")}`;
}

function address(value: string, base: string, schemes: readonly string[]): string | null {
  // Browsers drop tabs and line breaks inside an address, and with them "java\nscript:" would become a scheme.
  // eslint-disable-next-line no-control-regex
  if (!value || /[\u0000-\u0020]/.test(value)) return null;
  try {
    const url = new URL(value, base);
    return schemes.includes(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}
