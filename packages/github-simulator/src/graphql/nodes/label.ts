import { Label, nodeId, Repository } from '../../state';
import { GraphqlSession } from '../GraphqlSession';
import { repositoryNode } from './repository';

export function labelNode(
  session: GraphqlSession,
  repository: Repository,
  label: Label,
) {
  return {
    __typename: 'Label',
    id: nodeId({ kind: 'LA', repositoryId: repository.id, id: label.id }),
    name: label.name,
    color: label.color,
    description: label.description,
    isDefault: false,
    repository: () => repositoryNode(session, repository),
  };
}
