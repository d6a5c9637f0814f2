import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import TextField from '@material-ui/core/TextField';
import Autocomplete from '@material-ui/lab/Autocomplete';
import { useEffect, useState } from 'react';
import { agentTasksTranslationRef } from '../translation';

/** Fast enough to feel live, slow enough not to ask at each letter. */
const TYPING_PAUSE_MS = 250;

const MOST_OPTIONS = 30;

/** Chooses entities of one kind; the catalog is searched as one types, because it may hold thousands. */
export function EntityFilter(props: {
  label: string;
  kind: 'Group' | 'Component';
  value: string[];
  onChange: (entityRefs: string[]) => void;
}) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const catalog = useApi(catalogApiRef);
  const { kind, value } = props;
  const [text, setText] = useState('');
  const [isOpen, setOpen] = useState(false);
  const [found, setFound] = useState<{ text: string; refs: string[] }>();
  const [titles, setTitles] = useState<ReadonlyMap<string, string>>(new Map());

  useEffect(() => {
    if (!isOpen) {
      return undefined;
    }
    let isStale = false;
    const timer = setTimeout(
      () => {
        catalog
          .queryEntities({
            filter: { kind },
            fullTextFilter: {
              term: text,
              fields: ['metadata.name', 'metadata.title'],
            },
            fields: ['kind', 'metadata', 'spec.profile.displayName'],
            orderFields: { field: 'metadata.name', order: 'asc' },
            limit: MOST_OPTIONS,
          })
          .then(
            ({ items }) => {
              if (isStale) {
                return;
              }
              const refs = items.map(stringifyEntityRef);
              setTitles(
                before =>
                  new Map([
                    ...before,
                    ...items.map(
                      (entity, index) =>
                        [refs[index], titleOf(entity)] as const,
                    ),
                  ]),
              );
              setFound({ text, refs });
            },
            // Without the catalog there is nothing to choose from; the list itself says when the backend is away.
            () => !isStale && setFound({ text, refs: [] }),
          );
      },
      text ? TYPING_PAUSE_MS : 0,
    );
    return () => {
      isStale = true;
      clearTimeout(timer);
    };
  }, [catalog, kind, text, isOpen]);

  return (
    <Autocomplete
      multiple
      size="small"
      limitTags={1}
      open={isOpen}
      onOpen={() => setOpen(true)}
      onClose={() => setOpen(false)}
      value={value}
      onChange={(_, refs) => props.onChange(refs)}
      onInputChange={(_, typed) => setText(typed)}
      options={[...new Set([...(found?.refs ?? []), ...value])]}
      // What is chosen is not offered again, and the catalog has filtered the rest already.
      filterOptions={options => options.filter(one => !value.includes(one))}
      getOptionLabel={ref => titles.get(ref) ?? nameOf(ref)}
      renderOption={ref => (
        <span title={ref}>{titles.get(ref) ?? nameOf(ref)}</span>
      )}
      loading={found?.text !== text}
      loadingText={t('filter.loading')}
      noOptionsText={t('filter.noOptions')}
      renderInput={parameters => (
        <TextField
          {...parameters}
          label={props.label}
          variant="outlined"
          size="small"
        />
      )}
    />
  );
}

function titleOf(entity: {
  metadata: { name: string; title?: string };
  spec?: { profile?: unknown };
}): string {
  const profile = entity.spec?.profile as { displayName?: string } | undefined;
  return entity.metadata.title ?? profile?.displayName ?? entity.metadata.name;
}

function nameOf(ref: string): string {
  try {
    return parseEntityRef(ref).name;
  } catch {
    return ref;
  }
}
