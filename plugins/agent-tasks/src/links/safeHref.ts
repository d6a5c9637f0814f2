/**
 * The address, if a browser may be sent there: http or https alone. What comes from a code host or an agent could
 * otherwise run a script (`javascript:…`) when somebody clicks on it.
 */
export function safeHref(address: string | undefined): string | undefined {
  if (!address) {
    return undefined;
  }
  try {
    const url = new URL(address);
    return url.protocol === 'https:' || url.protocol === 'http:'
      ? url.href
      : undefined;
  } catch {
    return undefined;
  }
}
