import { HttpError } from './http-error';
import type { Draft, Page } from './store';

const MAX_TITLE = 120;
const MAX_TAGS = 5;
const MAX_LIMIT = 100;

/** Problems by field name. */
type Problems = Record<string, string>;

/** The draft in a request's body. Throws a 422 that lists every invalid field. */
export function readDraft(body: unknown): Draft {
  const problems: Problems = {};
  const draft = draftOf(body, problems);
  if (draft === undefined) throw new HttpError(422, 'Invalid bookmark', { problems });
  return draft;
}

/** The drafts in a request's body; problems have names such as `1.url`, counted from 0. */
export function readDrafts(body: unknown): Draft[] {
  if (!Array.isArray(body)) throw new HttpError(422, 'Expected a list of bookmarks');
  const problems: Problems = {};
  const drafts = body.map((each, index) => draftOf(each, problems, `${index}.`));
  if (drafts.includes(undefined)) throw new HttpError(422, 'Invalid bookmark', { problems });
  return drafts as Draft[];
}

export function readTitle(body: unknown): string {
  const title = isRecord(body) ? body.title : undefined;
  const problem = titleProblem(title);
  if (problem !== undefined) throw new HttpError(422, 'Invalid bookmark', { problems: { title: problem } });
  return title as string;
}

export function readPage(query: URLSearchParams): Page {
  const limit = Number(query.get('limit') ?? 20);
  const after = Number(query.get('after') ?? 0);
  const problems: Problems = {};
  if (!isWhole(limit, 1, MAX_LIMIT)) problems.limit = `must be a whole number from 1 to ${MAX_LIMIT}`;
  if (!isWhole(after, 0)) problems.after = 'must be the id of a bookmark';
  if (Object.keys(problems).length > 0) throw new HttpError(422, 'Invalid page', { problems });
  return { limit, after, tag: query.get('tag') ?? undefined };
}

/** The draft, or undefined after adding to `problems`. */
function draftOf(body: unknown, problems: Problems, prefix = ''): Draft | undefined {
  const { url, title, tags = [], ...others } = isRecord(body) ? body : {};
  const found = {
    url: urlProblem(url),
    title: titleProblem(title),
    tags: tagsProblem(tags),
    ...Object.fromEntries(Object.keys(others).map(name => [name, 'is not known'])),
  };
  const wrong = Object.entries(found).filter(([, problem]) => problem !== undefined);
  for (const [name, problem] of wrong) problems[prefix + name] = problem!;
  return wrong.length > 0 ? undefined : ({ url, title, tags } as Draft);
}

function urlProblem(url: unknown): string | undefined {
  const isLink = typeof url === 'string' && URL.canParse(url) && /^https?:$/.test(new URL(url).protocol);
  return isLink ? undefined : 'must be an http or https address';
}

function titleProblem(title: unknown): string | undefined {
  const fits = typeof title === 'string' && title.trim() !== '' && title.length <= MAX_TITLE;
  return fits ? undefined : `must be a text of 1 to ${MAX_TITLE} characters`;
}

function tagsProblem(tags: unknown): string | undefined {
  const fits =
    Array.isArray(tags) &&
    tags.length <= MAX_TAGS &&
    tags.every(tag => typeof tag === 'string' && /^[a-z0-9-]+$/.test(tag));
  return fits ? undefined : `must be at most ${MAX_TAGS} words in lower case`;
}

function isWhole(value: number, min: number, max = Number.MAX_SAFE_INTEGER): boolean {
  return Number.isSafeInteger(value) && value >= min && value <= max;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
