// Unrelated to jest-loop: lets PGlite run in Jest without `node --experimental-vm-modules`.
const OF_NODE = /\bimport\("(fs|fs\/promises|module|stream|stream\/promises|util|zlib)"\)/g;

module.exports = {
  process: source => ({
    code:
      source.replace(OF_NODE, 'importOfNode("$1")') +
      '\nasync function importOfNode(name) { return require(name); }\n',
  }),
};
