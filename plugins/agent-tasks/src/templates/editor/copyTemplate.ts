import { parseDocument } from 'yaml';

/** Written by the catalog, and of no meaning in a copy. */
const ofTheCatalog = ['annotations', 'uid', 'etag', 'namespace'];

/** The longest name that an entity may have. */
const LONGEST_NAME = 63;

const SUFFIX = '-copy';

/** The text of a template as the beginning of another one: with a name of its own. The text as it is where it is no YAML. */
export function copyTemplate(text: string): string {
  const document = parseDocument(text);
  if (document.errors.length > 0 || !document.hasIn(['metadata', 'name'])) {
    return text;
  }
  const name = String(document.getIn(['metadata', 'name']));
  const title = document.getIn(['metadata', 'title']);
  document.setIn(
    ['metadata', 'name'],
    `${name.slice(0, LONGEST_NAME - SUFFIX.length).replace(/[-_.]+$/, '')}${SUFFIX}`,
  );
  if (typeof title === 'string') {
    document.setIn(['metadata', 'title'], `${title} (copy)`);
  }
  for (const key of ofTheCatalog) {
    document.deleteIn(['metadata', key]);
  }
  document.delete('relations');
  document.delete('status');
  // Lines are left as long as they were written.
  return document.toString({ lineWidth: 0 });
}
