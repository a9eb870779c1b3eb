import { randomUUID } from 'node:crypto';
import { type Bookmark, type Draft, DuplicateError, type Page, type Store, type User } from './store';

/** Keeps everything in two lists: for trying out the API, and for tests that are not about storage. */
export class MemoryStore implements Store {
  #users: User[] = [];
  #bookmarks: Bookmark[] = [];
  #lastId = 0;

  async addUser(name: string): Promise<User> {
    const user = { id: this.#users.length + 1, name, token: randomUUID() };
    this.#users.push(user);
    return user;
  }

  async findUser(token: string): Promise<User | undefined> {
    return this.#users.find(user => user.token === token);
  }

  async add(owner: User, { url, title, tags }: Draft): Promise<Bookmark> {
    if (this.#bookmarks.some(other => other.owner === owner.id && other.url === url)) {
      throw new DuplicateError(url);
    }
    this.#lastId += 1;
    const bookmark = { id: this.#lastId, owner: owner.id, url, title, tags };
    this.#bookmarks.push(bookmark);
    return bookmark;
  }

  async addAll(owner: User, drafts: readonly Draft[]): Promise<Bookmark[]> {
    const before = [...this.#bookmarks];
    const added: Bookmark[] = [];
    try {
      for (const draft of drafts) added.push(await this.add(owner, draft));
      return added;
    } catch (error) {
      this.#bookmarks = before;
      throw error;
    }
  }

  async find(id: number): Promise<Bookmark | undefined> {
    return this.#bookmarks.find(bookmark => bookmark.id === id);
  }

  async list({ after, limit, tag }: Page): Promise<Bookmark[]> {
    return this.#bookmarks
      .filter(({ id, tags }) => id > after && (tag === undefined || tags.includes(tag)))
      .slice(0, limit);
  }

  async rename(id: number, title: string): Promise<void> {
    this.#bookmarks = this.#bookmarks.map(each => (each.id === id ? { ...each, title } : each));
  }

  async remove(id: number): Promise<void> {
    this.#bookmarks = this.#bookmarks.filter(bookmark => bookmark.id !== id);
  }
}
