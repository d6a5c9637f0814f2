import { stringifyEntityRef } from '@backstage/catalog-model';
import { useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import TextField from '@material-ui/core/TextField';
import Autocomplete from '@material-ui/lab/Autocomplete';
import { useEffect, useState } from 'react';
import { agentTasksTranslationRef } from '../../translation';

/** Fast enough to feel live, slow enough not to ask at each letter. */
const TYPING_PAUSE_MS = 250;

/** Options in sight; whoever misses one types more of its name. */
const MOST_OPTIONS = 30;

/** A component that was chosen. */
export interface ChosenComponent {
  entityRef: string;
  title: string;
}

/** Chooses one component; the catalog is searched as one types, because it may hold thousands. */
export function ComponentField(props: {
  value: ChosenComponent | undefined;
  help?: string;
  onChange: (component: ChosenComponent | undefined) => void;
}) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const catalog = useApi(catalogApiRef);
  const { value } = props;
  const [text, setText] = useState('');
  const [isOpen, setOpen] = useState(false);
  const [found, setFound] = useState<{
    text: string;
    options: ChosenComponent[];
  }>();

  useEffect(() => {
    if (!isOpen) {
      return undefined;
    }
    let isStale = false;
    const take = (options: ChosenComponent[]) =>
      !isStale && setFound({ text, options });
    const timer = setTimeout(
      () => {
        catalog
          .queryEntities({
            filter: { kind: 'Component' },
            fullTextFilter: {
              term: text,
              fields: ['metadata.name', 'metadata.title'],
            },
            fields: ['kind', 'metadata'],
            orderFields: { field: 'metadata.name', order: 'asc' },
            limit: MOST_OPTIONS,
          })
          .then(
            ({ items }) =>
              take(
                items.map(entity => ({
                  entityRef: stringifyEntityRef(entity),
                  title: entity.metadata.title ?? entity.metadata.name,
                })),
              ),
            // Without the catalog there is nothing to choose from.
            () => take([]),
          );
      },
      text ? TYPING_PAUSE_MS : 0,
    );
    return () => {
      isStale = true;
      clearTimeout(timer);
    };
  }, [catalog, text, isOpen]);

  return (
    <Autocomplete
      size="small"
      open={isOpen}
      onOpen={() => setOpen(true)}
      onClose={() => setOpen(false)}
      value={value ?? null}
      onChange={(_, chosen) => props.onChange(chosen ?? undefined)}
      onInputChange={(_, typed, why) => setText(why === 'input' ? typed : '')}
      options={found?.options ?? []}
      // The catalog has filtered them already.
      filterOptions={options => options}
      getOptionSelected={(one, other) => one.entityRef === other.entityRef}
      getOptionLabel={({ title }) => title}
      renderOption={({ entityRef, title }) => (
        <span title={entityRef}>{title}</span>
      )}
      loading={found?.text !== text}
      loadingText={t('filter.loading')}
      noOptionsText={t('filter.noOptions')}
      openText={t('templates.editor.componentOpen')}
      closeText={t('action.close')}
      clearText={t('templates.editor.componentClear')}
      renderInput={parameters => (
        <TextField
          {...parameters}
          label={t('templates.editor.component')}
          helperText={props.help}
          variant="outlined"
        />
      )}
    />
  );
}
