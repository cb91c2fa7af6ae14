/** The park at this moment. */
import type { Api } from '../../models/api/api.ts';
import type { Route } from './route.ts';

export const readState: Route<Api['readState']> = {
  answer: ({ twin, principal }) => twin.document(principal.audience),
};
