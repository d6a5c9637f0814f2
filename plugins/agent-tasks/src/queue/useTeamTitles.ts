import { parseEntityRef } from '@backstage/catalog-model';
import { useApi } from '@backstage/core-plugin-api';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { useCallback, useEffect, useState } from 'react';
import { isEntityRef } from '../links/isEntityRef';

/**
 * The names of teams in words, for search and for what is read out; links name themselves. All are asked for at once,
 * and the name in the ref serves until the answer is there, or where there is none.
 */
export function useTeamTitles(teams: string[]): (team: string) => string {
  const catalog = useApi(catalogApiRef);
  const [titles, setTitles] = useState<ReadonlyMap<string, string>>(new Map());
  const missing = [...new Set(teams)].filter(
    team => isEntityRef(team) && !titles.has(team),
  );
  const key = missing.sort().join('\n');

  useEffect(() => {
    if (!key) {
      return undefined;
    }
    let isStale = false;
    const entityRefs = key.split('\n');
    catalog
      .getEntitiesByRefs({
        entityRefs,
        fields: [
          'kind',
          'metadata.name',
          'metadata.namespace',
          'metadata.title',
          'spec.profile.displayName',
        ],
      })
      .then(
        ({ items }) => {
          if (isStale) {
            return;
          }
          setTitles(
            before =>
              new Map([
                ...before,
                ...entityRefs.map((ref, index) => {
                  const entity = items[index];
                  const profile = entity?.spec?.profile as
                    { displayName?: string } | undefined;
                  return [
                    ref,
                    entity?.metadata.title ??
                      profile?.displayName ??
                      nameOfEntity(ref),
                  ] as const;
                }),
              ]),
          );
        },
        // The names in the refs go on serving.
        () => {},
      );
    return () => {
      isStale = true;
    };
  }, [catalog, key]);

  return useCallback(
    (team: string) => titles.get(team) ?? nameOfEntity(team),
    [titles],
  );
}

/** `payments` of `group:default/payments`; the text as it is where it is no entity ref. */
export function nameOfEntity(ref: string): string {
  return isEntityRef(ref) ? parseEntityRef(ref).name : ref;
}
