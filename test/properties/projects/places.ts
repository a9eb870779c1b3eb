import type { Place } from './names';
import type { Block, Project, TestFile } from './project';

/** The place of each block of a file. */
export function placesOf(project: Project, file: TestFile): Map<Block, Place> {
  const places = new Map<Block, Place>();
  let around: Place = { kind: 'directory', name: '', outer: undefined, fixtures: project.directories['']! };
  if (file.path.startsWith('d/'))
    around = { kind: 'directory', name: 'd', outer: around, fixtures: project.directories.d! };
  const add = (block: Block, outer: Place): void => {
    const { id, fixtures } = block;
    const place: Place =
      id === ''
        ? { kind: 'file', name: file.path, outer, fixtures }
        : { kind: 'describe', name: id, outer, fixtures };
    places.set(block, place);
    for (const inner of block.blocks) add(inner, place);
  };
  add(file.root, around);
  return places;
}
