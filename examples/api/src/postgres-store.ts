import { randomUUID } from 'node:crypto';
import type { Database } from './database';
import { type Bookmark, type Draft, DuplicateError, type Page, type Store, type User } from './store';

export class PostgresStore implements Store {
  constructor(private readonly database: Database) {}

  async addUser(name: string): Promise<User> {
    const [user] = await this.database.query<User>(
      'insert into users (name, token) values ($1, $2) returning id, name, token',
      [name, randomUUID()],
    );
    return user!;
  }

  async findUser(token: string): Promise<User | undefined> {
    const [user] = await this.database.query<User>('select id, name, token from users where token = $1', [
      token,
    ]);
    return user;
  }

  async add(owner: User, { url, title, tags }: Draft): Promise<Bookmark> {
    const [bookmark] = await this.database.query<Bookmark>(
      `insert into bookmarks (owner, url, title, tags) values ($1, $2, $3, $4)
       on conflict do nothing returning id, owner, url, title, tags`,
      [owner.id, url, title, tags],
    );
    if (bookmark === undefined) throw new DuplicateError(url);
    return bookmark;
  }

  async addAll(owner: User, drafts: readonly Draft[]): Promise<Bookmark[]> {
    return this.database.transaction(async () => {
      const added: Bookmark[] = [];
      for (const draft of drafts) added.push(await this.add(owner, draft));
      return added;
    });
  }

  async find(id: number): Promise<Bookmark | undefined> {
    const [bookmark] = await this.database.query<Bookmark>(
      'select id, owner, url, title, tags from bookmarks where id = $1',
      [id],
    );
    return bookmark;
  }

  async list({ after, limit, tag }: Page): Promise<Bookmark[]> {
    return this.database.query<Bookmark>(
      `select id, owner, url, title, tags from bookmarks
       where id > $1 and ($2::text is null or $2 = any (tags))
       order by id limit $3`,
      [after, tag ?? null, limit],
    );
  }

  async rename(id: number, title: string): Promise<void> {
    await this.database.query('update bookmarks set title = $2 where id = $1', [id, title]);
  }

  async remove(id: number): Promise<void> {
    await this.database.query('delete from bookmarks where id = $1', [id]);
  }
}
