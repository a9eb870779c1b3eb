'use strict';

// Writes the API reference from the docstrings, into .tmp/reference. Fails if a public name has none, or does not name
// its guide, and if a link leads nowhere.
const path = require('node:path');

const root = path.resolve(__dirname, '../..');
const OPTIONS = path.join(root, 'test/reference/typedoc.json');
const GUIDE = /docs\/([\w-]+)\.md/g;

async function main() {
  const { Application, TypeDocReader } = await import('typedoc');
  const app = await Application.bootstrapWithPlugins({ options: OPTIONS }, [new TypeDocReader()]);
  const project = await app.convert();
  if (project === undefined) throw new Error('TypeDoc did not read the sources.');
  linkGuides(project, app.logger);
  for (const module of project.children) {
    module.name = module.name.replace(/^test\/reference$|^src\/entries\b/, 'jest-loop');
    for (const each of module.children) {
      if (commentsOf(each).some(namesGuide)) continue;
      app.logger.warn(`${each.getFriendlyFullName()} does not name its guide: docs/….md`);
    }
  }
  app.validate(project);
  await app.generateDocs(project, path.join(root, '.tmp/reference'));
  process.exitCode = app.logger.hasErrors() || app.logger.hasWarnings() ? 1 : 0;
}

/** The comments of a name: its own, and those of what it is called or made of. */
function commentsOf(reflection) {
  const within = [...(reflection.signatures ?? []), ...(reflection.type?.declaration?.signatures ?? [])];
  return [reflection, ...within].flatMap(({ comment }) => (comment === undefined ? [] : [comment]));
}

const partsOf = comment => [comment.summary, ...comment.blockTags.map(({ content }) => content)];
const namesGuide = comment =>
  partsOf(comment).some(parts => parts.some(({ target }) => target?.isDocument?.()));

/** Makes links of the guides that docstrings name: `docs/loops.md`. */
function linkGuides(project, logger) {
  const guides = new Map(project.documents.map(guide => [guide.name, guide]));
  const link = parts => {
    for (const part of parts.splice(0)) {
      if (part.kind !== 'text') {
        parts.push(part);
        continue;
      }
      let start = 0;
      for (const { 0: text, 1: name, index } of part.text.matchAll(GUIDE)) {
        const target = guides.get(name);
        if (target === undefined) logger.warn(`There is no ${text}`);
        parts.push({ kind: 'text', text: part.text.slice(start, index) });
        parts.push({ kind: 'inline-tag', tag: '@link', text: target?.name ?? text, target });
        start = index + text.length;
      }
      parts.push({ kind: 'text', text: part.text.slice(start) });
    }
  };
  for (const reflection of Object.values(project.reflections))
    if (reflection.comment !== undefined) for (const parts of partsOf(reflection.comment)) link(parts);
}

void main();
