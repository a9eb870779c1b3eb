export interface User {
  readonly id: number;
  readonly name: string;
  /** What the user's requests are signed with. */
  readonly token: string;
}

/** What a user writes down. */
export interface Draft {
  readonly url: string;
  readonly title: string;
  readonly tags: readonly string[];
}

export interface Bookmark extends Draft {
  readonly id: number;
  /** The id of the user it belongs to. */
  readonly owner: number;
}

/** A part of all bookmarks, in the order in which they were added. */
export interface Page {
  readonly limit: number;
  /** The id of the last bookmark of the page before; 0 for the first page. */
  readonly after: number;
  readonly tag?: string | undefined;
}

/** Where the API keeps its things. */
export interface Store {
  addUser(name: string): Promise<User>;
  findUser(token: string): Promise<User | undefined>;
  /** Throws a {@link DuplicateError} if the owner has a bookmark of that URL. */
  add(owner: User, draft: Draft): Promise<Bookmark>;
  /** Adds all or, if one of them cannot be added, none. */
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
