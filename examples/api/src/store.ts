export interface User {
  readonly id: number;
  readonly name: string;
  /** Authenticates the user's requests. */
  readonly token: string;
}

/** A bookmark before it is stored. */
export interface Draft {
  readonly url: string;
  readonly title: string;
  readonly tags: readonly string[];
}

export interface Bookmark extends Draft {
  readonly id: number;
  /** The id of its user. */
  readonly owner: number;
}

/** A page of the bookmarks, oldest first. */
export interface Page {
  readonly limit: number;
  /** The id of the last bookmark of the previous page; 0 for the first page. */
  readonly after: number;
  readonly tag?: string | undefined;
}

/** The storage of the API. */
export interface Store {
  addUser(name: string): Promise<User>;
  findUser(token: string): Promise<User | undefined>;
  /** Throws a {@link DuplicateError} if the owner has already bookmarked that URL. */
  add(owner: User, draft: Draft): Promise<Bookmark>;
  /** Adds all, or none if one of them cannot be added. */
  addAll(owner: User, drafts: readonly Draft[]): Promise<Bookmark[]>;
  find(id: number): Promise<Bookmark | undefined>;
  list(page: Page): Promise<Bookmark[]>;
  rename(id: number, title: string): Promise<void>;
  remove(id: number): Promise<void>;
}

export class DuplicateError extends Error {
  constructor(url: string) {
    super(`You have a bookmark of ${url} already`);
  }
}
