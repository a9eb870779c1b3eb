import { HttpError } from './http-error';
import type { Bookmark, Store, User } from './store';
import { readDraft, readDrafts, readPage, readTitle } from './validation';

/** A request as a route sees it. */
export interface Call {
  readonly store: Store;
  readonly query: URLSearchParams;
  /** The number in the path. */
  readonly id: number;
  /** The parsed body; throws a 400 if it is not JSON. */
  body(): Promise<unknown>;
  /** The authenticated user; throws a 401 if there is none. */
  user(): Promise<User>;
}

export interface Answer {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
}

type Route = (call: Call) => Promise<Answer>;

/** By method and path; `:id` is a number. */
export const routes: Record<string, Record<string, Route>> = {
  '/bookmarks': {
    async GET({ query, store }) {
      const page = readPage(query);
      const items = await store.list(page);
      // After a full page there may be another.
      const next = items.length === page.limit ? items.at(-1)!.id : null;
      return { status: 200, body: { items, next } };
    },
    async POST({ body, store, user }) {
      const bookmark = await store.add(await user(), readDraft(await body()));
      return { status: 201, body: bookmark, headers: { location: `/bookmarks/${bookmark.id}` } };
    },
  },
  '/bookmarks/import': {
    async POST({ body, store, user }) {
      const items = await store.addAll(await user(), readDrafts(await body()));
      return { status: 201, body: { items } };
    },
  },
  '/bookmarks/:id': {
    async GET(call) {
      return { status: 200, body: await existing(call) };
    },
    async PATCH(call) {
      const { id } = await own(call);
      await call.store.rename(id, readTitle(await call.body()));
      return { status: 200, body: await call.store.find(id) };
    },
    async DELETE(call) {
      const { id } = await own(call);
      await call.store.remove(id);
      return { status: 204 };
    },
  },
};

async function existing({ id, store }: Call): Promise<Bookmark> {
  const bookmark = await store.find(id);
  if (bookmark === undefined) throw new HttpError(404, `There is no bookmark ${id}`);
  return bookmark;
}

async function own(call: Call): Promise<Bookmark> {
  const user = await call.user();
  const bookmark = await existing(call);
  if (bookmark.owner !== user.id) throw new HttpError(403, 'This bookmark belongs to another user');
  return bookmark;
}
