import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import TextField from '@material-ui/core/TextField';
import Typography from '@material-ui/core/Typography';
import Alert from '@material-ui/lab/Alert';
import Skeleton from '@material-ui/lab/Skeleton';
import { useEffect, useId, useState } from 'react';
import { useCalm } from '../live/useCalm';
import { ResourceView } from '../states/ResourceView';
import { agentTasksTranslationRef } from '../translation';
import { ComponentFilters } from './ComponentFilters';
import { ComponentList } from './ComponentList';
import {
  type CatalogFilter,
  isNarrowed,
  isSelected,
  toggleComponent,
} from './componentQuery';
import {
  type ComponentSelection,
  type LaunchParameters,
  noComponents,
} from './launchParameters';
import { addComponents, PasteComponents } from './PasteComponents';
import type { CatalogVocabulary } from './useCatalogVocabulary';
import { useListedComponents, useMatchingComponents } from './useComponentPage';

/** Fast enough to feel live, slow enough not to ask at each letter. */
const TYPING_PAUSE_MS = 300;

const useStyles = makeStyles(
  theme => ({
    search: { marginBottom: theme.spacing(1) },
    bar: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      gap: theme.spacing(0.5, 1),
      margin: theme.spacing(0.5, 0, 1),
      '& > p': { flex: '1 1 auto', margin: 0 },
    },
    views: {
      display: 'flex',
      flexWrap: 'wrap',
      gap: theme.spacing(1),
      marginBottom: theme.spacing(0.5),
    },
    alert: { marginBottom: theme.spacing(1) },
    count: { fontVariantNumeric: 'tabular-nums' },
  }),
  { name: 'AgentTasksComponentPicker' },
);

type View = 'matching' | 'chosen';

/** Chooses the components of a launch: by the catalog's filters, all that match or one by one, or by a pasted list. */
export function ComponentPicker(props: {
  parameters: Pick<LaunchParameters, 'filters' | 'search' | 'selection'>;
  filter: CatalogFilter;
  vocabulary: CatalogVocabulary;
  /** Components that the address stands for without holding them. */
  lost: number;
  onChange: (
    update: Partial<Pick<LaunchParameters, 'filters' | 'search' | 'selection'>>,
  ) => void;
}) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const classes = useStyles();
  const { parameters, filter, vocabulary, onChange } = props;
  const { filters, search, selection } = parameters;
  const id = useId();
  const [view, setView] = useState<View>('matching');
  const [page, setPage] = useState(0);
  const [isPasting, setPasting] = useState(false);
  const calmSearch = useCalm(search, TYPING_PAUSE_MS);

  // Another question starts at its first page.
  const question = JSON.stringify([filter, calmSearch, view]);
  useEffect(() => setPage(0), [question]);

  const matching = useMatchingComponents({
    filter,
    search: calmSearch,
    page: view === 'matching' ? page : 0,
    isReady:
      filters.domain.length === 0 ||
      vocabulary.isReady ||
      vocabulary.error !== undefined,
  });
  const total = matching.value?.total;
  const chosenRefs =
    selection.kind === 'matching' ? selection.except : selection.components;
  const listed = useListedComponents({
    entityRefs: view === 'chosen' ? chosenRefs : [],
    page,
  });
  const setSelection = (next: ComponentSelection) =>
    onChange({ selection: next });

  // What was unticked last on the last page leaves an empty one.
  const chosenPages = Math.ceil(chosenRefs.length / 25);
  useEffect(() => {
    if (view === 'chosen' && page > 0 && page >= chosenPages) {
      setPage(Math.max(0, chosenPages - 1));
    }
  }, [view, page, chosenPages]);

  return (
    <>
      {props.lost > 0 && (
        <Alert severity="warning" role="status" className={classes.alert}>
          {t('launchPage.lost', { count: props.lost })}
        </Alert>
      )}
      <TextField
        id={id}
        type="search"
        label={t('launchPage.search')}
        value={search}
        onChange={event => onChange({ search: event.target.value })}
        className={classes.search}
        variant="outlined"
        size="small"
        fullWidth
      />
      <ComponentFilters
        filters={filters}
        vocabulary={vocabulary}
        onChange={values => onChange({ filters: values })}
      />
      <div className={classes.views}>
        {isNarrowed({ filters, search }) && (
          <Button
            size="small"
            onClick={() =>
              onChange({
                search: '',
                filters: {
                  owner: [],
                  system: [],
                  domain: [],
                  type: [],
                  lifecycle: [],
                  tag: [],
                },
              })
            }
          >
            {t('filter.clear')}
          </Button>
        )}
        <Button
          size="small"
          aria-expanded={isPasting}
          onClick={() => setPasting(!isPasting)}
        >
          {t('launchPage.paste.open')}
        </Button>
      </div>
      {isPasting && (
        <PasteComponents
          onClose={() => setPasting(false)}
          onAdd={added => {
            setSelection({
              kind: 'listed',
              components: addComponents(
                selection.kind === 'listed' ? selection.components : [],
                added,
              ),
            });
            setView('chosen');
          }}
        />
      )}
      <div className={classes.bar}>
        <Typography variant="body2" role="status" className={classes.count}>
          <SelectionWords selection={selection} total={total} />
        </Typography>
        {selection.kind === 'listed' && total !== undefined && total > 0 && (
          <Button
            size="small"
            variant="outlined"
            color="primary"
            onClick={() => {
              setSelection({ kind: 'matching', except: [] });
              setView('matching');
            }}
          >
            {t('launchPage.selectAll', { count: total })}
          </Button>
        )}
        {(selection.kind === 'matching' || chosenRefs.length > 0) && (
          <Button
            size="small"
            onClick={() => {
              setSelection(noComponents);
              setView('matching');
            }}
          >
            {t('launchPage.selectNone')}
          </Button>
        )}
      </div>
      {(chosenRefs.length > 0 || view === 'chosen') && (
        <div
          role="group"
          aria-label={t('launchPage.view.label')}
          className={classes.views}
        >
          <Button
            size="small"
            variant={view === 'matching' ? 'outlined' : 'text'}
            aria-pressed={view === 'matching'}
            onClick={() => setView('matching')}
          >
            {t('launchPage.view.matching', {
              number: total === undefined ? '…' : String(total),
            })}
          </Button>
          <Button
            size="small"
            variant={view === 'chosen' ? 'outlined' : 'text'}
            aria-pressed={view === 'chosen'}
            onClick={() => setView('chosen')}
          >
            {t(
              selection.kind === 'matching'
                ? 'launchPage.view.deselected'
                : 'launchPage.view.selected',
              { number: String(chosenRefs.length) },
            )}
          </Button>
        </div>
      )}
      <ResourceView
        resource={view === 'matching' ? matching : listed}
        what="components"
        permission="catalog.entity.read"
        skeleton={<ListSkeleton />}
      >
        {({ components, total: all }) =>
          components.length === 0 ? (
            <Typography variant="body2" color="textSecondary" role="status">
              {t(
                view === 'matching'
                  ? 'launchPage.noMatch'
                  : 'launchPage.noneChosen',
              )}
            </Typography>
          ) : (
            <ComponentList
              label={t(
                view === 'matching'
                  ? 'launchPage.list.matching'
                  : 'launchPage.list.chosen',
              )}
              components={components}
              total={all}
              page={page}
              isStale={(view === 'matching' ? matching : listed).isPrevious}
              isSelected={ref => isSelected(selection, ref)}
              onToggle={ref => setSelection(toggleComponent(selection, ref))}
              onPage={setPage}
            />
          )
        }
      </ResourceView>
    </>
  );
}

function SelectionWords(props: {
  selection: ComponentSelection;
  total: number | undefined;
}) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const { selection, total } = props;
  if (selection.kind === 'listed') {
    return selection.components.length > 0 ? (
      <>{t('launchPage.selected', { count: selection.components.length })}</>
    ) : (
      <>
        {total === undefined ? '' : t('launchPage.matching', { count: total })}
      </>
    );
  }
  return (
    <>
      {total === undefined
        ? t('launchPage.allUncounted')
        : t('launchPage.all', { count: total })}
      {selection.except.length > 0 &&
        ` ${t('launchPage.but', { count: selection.except.length })}`}
    </>
  );
}

function ListSkeleton() {
  return (
    <div aria-hidden="true">
      {Array.from({ length: 8 }, (_, index) => (
        <Skeleton key={index} height={40} />
      ))}
    </div>
  );
}
