import { parseEntityRef } from '@backstage/catalog-model';
import { identityApiRef, useApi } from '@backstage/core-plugin-api';
import { useEffect, useState } from 'react';
import { isEntityRef } from '../links/isEntityRef';

/** The groups that the person belongs to, as entity refs; none until it is known, or where it cannot be. */
export function useOwnTeams(): string[] {
  const identity = useApi(identityApiRef);
  const [teams, setTeams] = useState<string[]>([]);
  useEffect(() => {
    let isStale = false;
    identity.getBackstageIdentity().then(
      ({ ownershipEntityRefs }) => {
        if (!isStale) {
          setTeams(
            ownershipEntityRefs.filter(
              ref => isEntityRef(ref) && parseEntityRef(ref).kind === 'group',
            ),
          );
        }
      },
      // Nobody's teams are marked then; everything else is there.
      () => {},
    );
    return () => {
      isStale = true;
    };
  }, [identity]);
  return teams;
}
