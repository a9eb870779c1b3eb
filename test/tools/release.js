'use strict';

/*
 * node test/tools/release.js TAG: fails unless the tag, the package, the lock file and the changelog agree.
 * node test/tools/release.js --npm-tag: prints the tag of npm for this version.
 */
const fs = require('node:fs');
const path = require('node:path');

const root = path.resolve(__dirname, '../..');
const read = name => fs.readFileSync(path.join(root, name), 'utf8');

const HEADING = /^## \[(?<version>[^\]]+)\](?: - (?<date>\S+))?$/gm;

/** What is wrong with a release of `tag`. */
function mistakes(tag, { version, lockVersion, changelog }) {
  const found = [];
  if (tag !== `v${version}`) found.push(`The tag is ${tag}, but package.json has version ${version}.`);
  if (lockVersion !== version) found.push(`package-lock.json has version ${lockVersion}: run npm install.`);
  const entry = [...changelog.matchAll(HEADING)].find(({ groups }) => groups.version === version);
  if (entry === undefined) found.push(`CHANGELOG.md has no heading "## [${version}] - YYYY-MM-DD".`);
  else if (!/^\d{4}-\d\d-\d\d$/.test(entry.groups.date ?? ''))
    found.push(`CHANGELOG.md gives no date for ${version}.`);
  return found;
}

/** The latest stable version is what `npm install jest-loop` gets; others need `jest-loop@next`. */
const npmTag = version => (version.includes('-') ? 'next' : 'latest');

function main([argument]) {
  const { version } = JSON.parse(read('package.json'));
  if (argument === '--npm-tag') {
    console.log(npmTag(version));
    return;
  }
  const lockVersion = JSON.parse(read('package-lock.json')).version;
  const found = mistakes(argument, { version, lockVersion, changelog: read('CHANGELOG.md') });
  for (const text of found) console.error(text);
  if (found.length > 0) process.exitCode = 1;
}

if (require.main === module) main(process.argv.slice(2));

module.exports = { mistakes, npmTag };
