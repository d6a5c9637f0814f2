/** The address of the next page in a `Link` header; GitHub leaves `last` out where it does not know it. */
export function nextPage(link: string | undefined): string | undefined {
  for (const part of link?.split(/,(?=\s*<)/) ?? []) {
    const match = /^\s*<([^>]+)>\s*;(.*)$/.exec(part);
    if (match && /\brel="?next"?/.test(match[2])) {
      return match[1];
    }
  }
  return undefined;
}
