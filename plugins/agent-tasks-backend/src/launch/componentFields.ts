import { TemplateContent } from '../templates/TemplateStore';

/** What a plan looks at in every component; the rest of an entity is not even sent. */
const always = [
  'kind',
  'metadata.name',
  'metadata.namespace',
  'metadata.title',
  'metadata.description',
  'metadata.annotations',
  'metadata.labels',
  'spec.type',
  'spec.lifecycle',
  'relations',
];

/** The field that holds what a filter is about. */
function fieldOf(key: string): string {
  const [root, name] = key.split('.');
  const field = name === undefined ? root : `${root}.${name}`;
  // Filters are matched without case, and fields are known by theirs: in doubt the whole part is read.
  return always.includes(field) ? field : root.toLowerCase();
}

/** The fields of components that a plan with a template needs. */
export function fieldsFor(
  template: Pick<TemplateContent, 'appliesTo'>,
): string[] {
  const keys = (template.appliesTo ?? []).flatMap(Object.keys);
  return [...new Set([...always, ...keys.map(fieldOf)])];
}
